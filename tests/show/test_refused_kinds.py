"""What a server's error is about, in the words of many, and not in those that it was sent or that its model wrote."""

from typing import Any

import pytest

from podcast.show import kinds
from podcast.show.secret import Secret
from podcast.writers.ability import Ability
from podcast.writers.refusals import Refused

ERRORS: list[tuple[str, int, Any]] = [
    ("key", 400, {"message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT"}),
    ("key", 400, {"message": "No.", "details": [{"reason": "API_KEY_INVALID"}]}),
    ("model", 400, "Invalid model: foo"),
    ("model", 400, {"message": "Model Not Exist"}),
    ("model", 400, {"message": "foo is not a valid model ID"}),
    ("model", 400, {"message": "Invalid model name passed in model=foo."}),
    ("model", 400, {"message": "LLM Provider NOT provided."}),
    ("model", 404, {"message": "No endpoints found for foo/bar."}),
    ("place", 405, {"detail": "Method Not Allowed"}),
    ("place", 404, {"message": "This model is only supported in v1/responses and not in v1/chat/completions."}),
    ("place", 404, {"message": "This is not a chat model and thus not supported in the v1/chat/completions endpoint."}),
    ("forbidden", 404, {"message": "No endpoints found matching your data policy (Free model publication)."}),
    ("forbidden", 400, {"message": "User location is not supported for the API use."}),
    ("unloaded", 404, "No models loaded. Please load a model in the developer page."),
    ("credit", 400, {"message": "Your credit balance is too low to access the API."}),
    ("credit", 400, {"message": "Access denied.", "code": "Arrearage"}),
    ("credit", 400, {"message": "Budget has been exceeded! Current cost: 10.5"}),
    ("credit", 429, {"message": "Over.", "type": "budget_exceeded"}),
    ("credit", 429, {"message": "Check your plan.", "type": "exceeded_current_quota_error"}),
    ("credit", 429, {"message": "!", "code": "1113"}),
    ("credit", 429, {"message": "Rate limit exceeded: free-models-per-day."}),
    ("credit", 403, "Your team has either used all available credits or reached its monthly spending limit."),
    ("often", 429, {"message": "Quota exceeded", "details": [{"violations": [{"quotaId": "RequestsPerMinute"}]}]}),
    ("long", 400, {"message": "input length and `max_tokens` exceed context limit: 190000 + 21333 > 204698"}),
    ("long", 400, {"message": "The decoder prompt (length 40000) is longer than the maximum model length of 32768."}),
    ("long", 400, {"message": "litellm.ContextWindowExceededError: litellm.BadRequestError"}),
    ("long", 400, "This model's maximum prompt length is 131072 but the request contains 150000 tokens."),
    ("long", 400, {"message": "Range of input length should be [1, 30720]"}),
    ("long", 400, {"message": "Your request exceeded model token limit: 8192"}),
    ("long", 400, {"message": "Prompt exceeds max length", "code": "1261"}),
    ("long", 400, {"message": "Too large.", "code": "tokens_limit_reached"}),
    ("long", 400, {"message": "'max_tokens' is too large: 4096. This model's maximum context length is 8192 tokens "
                              "and your request has 5000 input tokens"}),
    ("long", 429, {"message": "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000."}),
    ("long", 500, "Trying to keep the first 9000 tokens when context the overflows."),
    ("often", 429, {"message": "Too many tokens, please wait before trying again."}),
    ("number", 400, {"message": "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` "
                                "is less than the `context_window` for this model"}),
    ("number", 400, {"message": "Range of max_tokens should be [1, 8192]", "code": "invalid_parameter_error"}),
    ("number", 400, {"message": "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"}),
    ("loading", 503, "Model x is currently loading"),
    ("loading", 503, {"message": "Loading model"}),
    ("stream", 400, {"message": "This model only support stream mode, please enable the stream parameter"}),
    ("stream", 400, {"message": "parameter.enable_thinking must be set to false for non-streaming calls"}),
    ("answer", 400, {"message": "No.", "code": "json_validate_failed", "failed_generation": "context length"}),
    ("flagged", 400, {"message": "No.", "code": "content_filter"}),
    ("timed out", 524, {}),
    ("forbidden", 403, "<!doctype html><html><script>var key = 'credential'</script></html>"),
    ("other", 400, {"message": "Provider returned error", "metadata": {"raw": '{"error": {"message": "Bad words."}}'}}),
    ("long", 400, {"message": "Provider returned error", "metadata": {"raw": '{"error": {"message": "prompt is too '
                                                                            'long"}}'}}),
    ("other", 422, {"detail": [{"loc": ["body", "top"], "msg": "Extra inputs", "input": "the context length"}]}),
    ("other", 400, {"message": "[{'loc': ('body', 'top'), 'msg': 'Extra', 'input': 'the context length'}]"}),
    ("other", 400, {"message": "Bad.", "failed_generation": "prompt is too long"}),
    ("answer", 400, {"message": "Generated JSON does not match the schema.", "failed_generation": "{}"}),
    ("other", 400, {"message": "failed to validate JSON schema: response_format"}),
    ("other", 400, {"message": "Failed to validate JSON of response_format"}),
    ("other", 400, {"message": "API key is not required; response_format not supported"}),
    ("key", 401, {"message": "API key not valid; response_format"}),
    ("other", 400, {"message": "This model only supports v1/completions response_format"}),
    ("loading", 503, {"message": "No models loaded yet: still loading model weights"}),
    ("out", 503, {"message": "no model loaded, try again later"}),
    ("often", 429, {"message": "Too many requests", "code": "quota_exceeded"}),
    ("credit", 429, {"message": "Your plan is used up", "code": "quota_exceeded"}),
    *(("key", 400, {field: "Invalid API key"}) for field in
      ("description", "error_msg", "errorMessage", "error_description", "title")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "status", "error"), ERRORS)
def test_a_refusal_is_of_the_kind_that_its_words_and_codes_say(kind: str, status: int, error: object) -> None:
    """Whatever status a server chose for it, and in whosever words."""
    assert Refused(error, status, Secret("")).kind == kind


@pytest.mark.parametrize(
    ("status", "error", "changed"),
    [
        (422, {"detail": [{"loc": ["body", "stream_options"], "msg": "Extra", "input": "temperature"}]},
         {"without": ("stream_options",)}),
        (400, {"message": "Value error, json_schema not supported, 'input': {'temperature': 0.7}"},
         {"level": "json_object"}),
        (400, {"message": "Unknown name \"additionalProperties\" at 'generation_config.response_schema'"},
         {"level": "json_object"}),
        (400, {"message": "The specified schema produces a constraint that has too many states for serving."},
         {"without": ("bounds",)}),
        (400, {"message": "This model only support stream mode"}, {"streams": True}),
        (400, {"message": "failed to validate JSON schema: response_format"}, {"level": "json_object"}),
        (400, {"message": "API key is not required; response_format not supported"}, {"level": "json_object"}),
        (400, {"message": "This model only supports v1/completions response_format"}, {"level": "json_object"}),
        (400, {"message": "Bad.", "failed_generation": "temperature and json_schema"}, None),
    ],
)  # fmt: skip
def test_what_was_sent_or_written_teaches_nothing(
    status: int, error: object, changed: dict[str, object] | None
) -> None:
    """How to ask is learnt of the server's own words alone."""
    other = Ability().after(Refused(error, status, Secret("")))
    assert other == (Ability.model_validate(changed) if changed else None)


def test_an_error_without_an_end_is_read_in_part() -> None:
    """However deep or long it is, it is of some kind."""
    deep: Any = "prompt is too long"
    for _ in range(500):
        deep = {"detail": [deep]}
    assert kinds.kind(400, *kinds.own(deep)) == "other"
    assert kinds.kind(400, *kinds.own({"message": "max_tokens is too large " * 100_000})) == "number"
