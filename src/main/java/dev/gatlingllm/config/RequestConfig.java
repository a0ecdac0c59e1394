package dev.gatlingllm.config;

import dev.gatlingllm.input.AttachmentFolder;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code llm.request}: what every call asks for where the simulation does not say.
 *
 * @param parameters what is asked for beside the messages
 * @param streaming whether answers are streamed
 * @param latencyMode {@code llm.bedrock.latency}: {@code standard}, {@code optimized} or empty
 * @param attachments files that go with the calls
 * @param headers those of the requests, beside those of the API
 */
public record RequestConfig(
    Parameters parameters,
    boolean streaming,
    String latencyMode,
    AttachmentFolder attachments,
    HeaderTemplates headers) {

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
    return ConfigurationException.in(
        SECTION,
        () ->
            new RequestConfig(
                new Parameters(
                    numbers,
                    reader.text(SECTION + "reasoningEffort").strip(),
                    reader.texts(SECTION + "stop"),
                    extraBody(reader)),
                reader.flag(SECTION + "streaming"),
                latencyMode(reader),
                attachments(reader),
                HeaderTemplates.read(reader)));
  }

  private static Number checked(Parameter parameter, BigDecimal value) {
    return ConfigurationException.in(SECTION, () -> parameter.check(value));
  }

  /** The further fields, and whether the providers' own {@code streamOptions} takes one out. */
  private static Map<String, Object> extraBody(ConfigReader reader) {
    Map<String, Object> fields = reader.object(SECTION + "extraBody");
    String wire = ProviderConfig.read(reader).wire();
    for (String section : List.of("openai", "azure")) {
      String asks = reader.choice("llm." + section + ".streamOptions", List.of("on", "off"));
      if (asks.equals("off") && wire.startsWith(section)) {
        fields.putIfAbsent("stream_options", Parameters.LEFT_OUT);
      }
    }
    return fields;
  }

  private static String latencyMode(ConfigReader reader) {
    String mode = reader.choice("llm.bedrock.latency", List.of("none", "standard", "optimized"));
    return mode.equals("none") ? "" : mode;
  }

  private static AttachmentFolder attachments(ConfigReader reader) {
    String folder = reader.text(SECTION + "attachments.folder").strip();
    int perCall = reader.integer(SECTION + "attachments.perCall", 1);
    if (folder.isEmpty()) {
      return AttachmentFolder.NONE;
    }
    return ConfigurationException.in(
        SECTION + "attachments: ", () -> AttachmentFolder.read(InputPath.of(folder), perCall));
  }

  /** Whether files are sent along. */
  boolean hasAttachments() {
    return !attachments.files().isEmpty();
  }

  /** A request of a conversation that asks for all this. */
  public LlmRequest request(List<Message> messages) {
    return plain(Message.attach(messages, attachments.next()));
  }

  private LlmRequest plain(List<Message> messages) {
    return new LlmRequest("", "", latencyMode, messages, parameters, streaming);
  }

  /** Requests that ask for all this, with one file at a time: to see that all can be sent. */
  public List<LlmRequest> samples() {
    List<Message> prompt = List.of(Message.user("never sent"));
    List<LlmRequest> samples = new ArrayList<>();
    samples.add(plain(prompt));
    for (Attachment file : attachments.files()) {
      samples.add(samples.get(0).withMessages(Message.attach(prompt, List.of(file))));
    }
    return samples;
  }

  /** A request that asks for all this as well, so far as it does not say otherwise. */
  public LlmRequest addTo(LlmRequest request) {
    return withParametersAddedTo(
        request.withMessages(Message.attach(request.messages(), attachments.next())));
  }

  /** The same without the attachments, whose turn it is not. */
  public LlmRequest withParametersAddedTo(LlmRequest request) {
    return request.orElse(plain(request.messages()));
  }
}
