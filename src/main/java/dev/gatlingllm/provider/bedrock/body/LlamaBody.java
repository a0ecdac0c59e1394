package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Meta's Llama 3 and later: the conversation is one text with the model's own marks. */
final class LlamaBody {

  static final AnswerPaths PATHS =
      AnswerPaths.of(
          Map.of(
              AnswerPart.TEXT, "generation",
              AnswerPart.STOP_REASON, "stop_reason",
              AnswerPart.ALL_INPUT, "prompt_token_count",
              AnswerPart.OUTPUT, "generation_token_count"));

  private static final String API = "Llama's body";
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "max_gen_len",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "top_p");

  private LlamaBody() {}

  static Map<String, Object> of(LlmRequest request) {
    Parameters parameters = request.parameters();
    Bodies.refuseEffort(parameters, API);
    Bodies.refuseAttachments(request, API);
    Bodies.refuseStop(parameters, API);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("prompt", prompt(request));
    body.putAll(parameters.fields(API, NAMES));
    parameters.addExtraTo(body);
    return body;
  }

  private static String prompt(LlmRequest request) {
    StringBuilder prompt = new StringBuilder("<|begin_of_text|>");
    for (Message message : request.messages()) {
      header(prompt, message.role().name().toLowerCase(Locale.ROOT));
      prompt.append(message.text()).append("<|eot_id|>");
    }
    header(prompt, "assistant");
    return prompt.toString();
  }

  private static void header(StringBuilder prompt, String role) {
    prompt.append("<|start_header_id|>").append(role).append("<|end_header_id|>\n\n");
  }
}
