package dev.gatlingllm.config;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code llm.request}: what every call asks for where the simulation does not say.
 *
 * @param parameters what is asked for beside the messages
 * @param streaming whether answers are streamed
 */
public record RequestConfig(Parameters parameters, boolean streaming) {

  private static final String SECTION = "llm.request.";

  /** Left out: the shape of the calls says it. */
  private static final Parameter SAID_BY_THE_SHAPE = Parameter.MAX_TOKENS;

  static RequestConfig read(ConfigReader reader) {
    Map<Parameter, Number> numbers = new EnumMap<>(Parameter.class);
    for (Parameter parameter : Parameter.values()) {
      if (parameter != SAID_BY_THE_SHAPE) {
        reader
            .optionalNumber(SECTION + parameter.key())
            .ifPresent(value -> numbers.put(parameter, checked(parameter, value)));
      }
    }
    try {
      return new RequestConfig(
          new Parameters(
              numbers,
              reader.text(SECTION + "reasoningEffort").strip(),
              reader.texts(SECTION + "stop"),
              reader.object(SECTION + "extraBody")),
          reader.flag(SECTION + "streaming"));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(SECTION + e.getMessage());
    }
  }

  private static Number checked(Parameter parameter, BigDecimal value) {
    try {
      return parameter.check(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(SECTION + e.getMessage());
    }
  }

  /** A request of a conversation that asks for all this. */
  public LlmRequest request(List<Message> messages) {
    return new LlmRequest("", "", "", messages, parameters, streaming);
  }

  /** A request that asks for all this as well, so far as it does not say otherwise. */
  public LlmRequest addTo(LlmRequest request) {
    return request
        .withParameters(request.parameters().orElse(parameters))
        .withStreaming(request.streaming() && streaming);
  }
}
