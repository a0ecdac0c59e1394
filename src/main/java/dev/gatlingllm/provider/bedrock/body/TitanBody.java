package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Amazon's Titan Text: the conversation is one text with names before the turns. */
final class TitanBody {

  static final AnswerPaths PATHS =
      AnswerPaths.of(
          Map.of(
              AnswerPart.TEXT, "outputText || results[].outputText",
              AnswerPart.MEDIA, "images",
              AnswerPart.STOP_REASON, "completionReason || results[0].completionReason",
              AnswerPart.ALL_INPUT, "inputTextTokenCount",
              AnswerPart.OUTPUT, "totalOutputTextTokenCount || results[0].tokenCount"));

  private static final String API = "Titan's body";
  private static final Map<Parameter, String> NAMES =
      Map.of(
          Parameter.MAX_TOKENS, "maxTokenCount",
          Parameter.TEMPERATURE, "temperature",
          Parameter.TOP_P, "topP");

  private TitanBody() {}

  static Map<String, Object> of(LlmRequest request) {
    Parameters parameters = request.parameters();
    Bodies.refuseEffort(parameters, API);
    Bodies.refuseAttachments(request, API);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("inputText", text(request));
    Map<String, Object> generation = parameters.fields(API, NAMES);
    if (!parameters.stop().isEmpty()) {
      generation.put("stopSequences", parameters.stop());
    }
    if (!generation.isEmpty()) {
      body.put("textGenerationConfig", generation);
    }
    Bodies.putExtra(parameters, body);
    return body;
  }

  private static String text(LlmRequest request) {
    StringBuilder text = new StringBuilder();
    for (Message message : request.messages()) {
      switch (message.role()) {
        case SYSTEM, DEVELOPER -> text.append(message.text()).append("\n\n");
        case USER -> text.append("User: ").append(message.text()).append('\n');
        case ASSISTANT -> text.append("Bot: ").append(message.text()).append('\n');
        case TOOL, FUNCTION -> {} // refused above
      }
    }
    return text.append("Bot:").toString();
  }
}
