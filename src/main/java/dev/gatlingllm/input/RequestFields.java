package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of request bodies that services know, beside those that a request has words for. What
 * stands beside the messages and is none of them describes the line of a file, such as its id, and
 * is not sent.
 */
final class RequestFields {

  private static final Set<String> KNOWN =
      Stream.of(
              // chat completions of OpenAI and Azure
              "audio data_sources function_call functions logit_bias logprobs metadata modalities"
                  + " parallel_tool_calls prediction prompt_cache_key prompt_cache_retention"
                  + " reasoning_effort response_format safety_identifier service_tier store"
                  + " stream_options tool_choice tools top_logprobs user user_security_context"
                  + " verbosity web_search_options",
              // Anthropic's Messages
              "anthropic_beta anthropic_version container context_management mcp_servers"
                  + " output_config thinking top_k",
              // Bedrock's Converse and the bodies of its models
              "additionalModelRequestFields additionalModelResponseFieldPaths guardrailConfig"
                  + " outputConfig promptVariables requestMetadata schemaVersion serviceTier"
                  + " toolConfig",
              // vLLM and SGLang
              "add_generation_prompt add_special_tokens allowed_token_ids bad_words best_of"
                  + " cache_salt chat_template chat_template_kwargs continue_final_message"
                  + " custom_params documents ebnf echo guided_choice guided_decoding_backend"
                  + " guided_grammar guided_json guided_regex guided_whitespace_pattern ignore_eos"
                  + " include_reasoning include_stop_str_in_output json_schema kv_transfer_params"
                  + " length_penalty logits_processors lora_path min_p min_tokens"
                  + " mm_processor_kwargs no_stop_trim priority prompt_logprobs regex"
                  + " repetition_penalty request_id return_token_ids"
                  + " return_tokens_as_token_ids rid separate_reasoning session_params"
                  + " skip_special_tokens spaces_between_special_tokens stop_regex stop_token_ids"
                  + " stream_reasoning structural_tag structured_outputs truncate_prompt_tokens"
                  + " use_beam_search vllm_xargs",
              // gateways and other makers
              "cached_content citation_options compound_custom deferred do_sample enable_search"
                  + " enable_thinking exclude_domains extra_body fallbacks generation_config"
                  + " include_domains keep_alive models options plugins preset prompt_mode provider"
                  + " random_seed reasoning reasoning_format reasoning_split route safe_prompt"
                  + " safety_settings search_parameters search_settings thinking_budget"
                  + " tool_stream top_a transforms usage")
          .flatMap(names -> Arrays.stream(names.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private RequestFields() {}

  /**
   * Whether a service knows a field. {@code usage} is none that was counted; OpenAI takes {@code
   * metadata} with {@code store} only, Anthropic with a {@code user_id}.
   */
  static boolean isKnown(String name, JsonNode body) {
    if (name.equals("usage")) {
      // A gateway is asked to include it; a log has what was counted.
      return !body.path(name).has("prompt_tokens") && !body.path(name).has("total_tokens");
    }
    if (name.equals("metadata")) {
      return body.path("store").asBoolean() || body.path("metadata").has("user_id");
    }
    return KNOWN.contains(name);
  }
}
