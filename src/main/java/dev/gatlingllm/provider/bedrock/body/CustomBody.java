package dev.gatlingllm.provider.bedrock.body;

import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request's body with places: {@code #{prompt}} (the texts of the conversation, joined by empty
 * lines), {@code #{system}}, {@code #{messages}} (a list of {@code role} and {@code content}, which
 * with images is one of parts as in chat completions) and one for each parameter, such as {@code
 * #{maxTokens}}. A value that is nothing but a place becomes what stands for it, whatever its type;
 * a field whose value is not set is left out.
 */
final class CustomBody implements BodyFormat.Writer {

  private static final Pattern PLACE = Pattern.compile("#\\{(\\w+)}");
  private static final String API = "llm.bedrock.custom.request, which has no place for it";

  /** 25 MB in all, which base64 makes of 18 MB. */
  private static final AttachmentRules IN_MESSAGES =
      new AttachmentRules(
          "#{messages} of llm.bedrock.custom.request",
          Map.of(Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 18 << 20, 20)));

  private static final AttachmentRules IN_PROMPT =
      AttachmentRules.none("llm.bedrock.custom.request without #{messages}");

  private final Map<String, Object> template;
  private final Set<String> places = new TreeSet<>();

  /**
   * A template.
   *
   * @throws IllegalArgumentException if it has neither prompt nor messages, or an unknown place
   */
  CustomBody(Map<String, Object> template) {
    this.template = template;
    collect(template);
    Set<String> known = known();
    places.forEach(
        place -> {
          if (!known.contains(place)) {
            throw new IllegalArgumentException(
                Figures.fill(
                    "request has the unknown place #{%s}; known are #{%s}",
                    place, String.join("}, #{", known)));
          }
        });
    if (!places.contains("prompt") && !places.contains("messages")) {
      throw new IllegalArgumentException("request must hold #{prompt} or #{messages}");
    }
  }

  @Override
  public Map<String, Object> body(LlmRequest request) {
    AttachmentRules rules = places.contains("messages") ? IN_MESSAGES : IN_PROMPT;
    request.messages().forEach(rules::check);
    Parameters parameters = request.parameters();
    Map<Parameter, String> names =
        parameters.numbers().keySet().stream()
            .filter(parameter -> places.contains(parameter.key()))
            .collect(Collectors.toMap(parameter -> parameter, Parameter::key));
    Map<String, Object> values = parameters.fields(API, names);
    put(values, "reasoningEffort", parameters.reasoningEffort(), API);
    if (!parameters.stop().isEmpty()) {
      put(values, "stop", parameters.stop(), API);
    }
    values.put("messages", request.messages().stream().map(CustomBody::message).toList());
    boolean apart = places.contains("system");
    values.put("prompt", text(apart ? Bodies.turns(request) : request.messages()));
    if (!Bodies.system(request).isEmpty()) {
      values.put("system", Bodies.system(request));
    }
    Map<String, Object> body = filled(template, values);
    parameters.addExtraTo(body);
    return body;
  }

  private void put(Map<String, Object> values, String key, Object value, String api) {
    if (value.equals("")) {
      return;
    }
    if (!places.contains(key)) {
      throw Parameters.missing(key, api);
    }
    values.put(key, value);
  }

  private static Set<String> known() {
    Set<String> known =
        new TreeSet<>(Set.of("prompt", "system", "messages", "reasoningEffort", "stop"));
    for (Parameter parameter : Parameter.values()) {
      known.add(parameter.key());
    }
    return known;
  }

  private void collect(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(this::collect);
    } else if (value instanceof List<?> list) {
      list.forEach(this::collect);
    } else if (value instanceof String text) {
      PLACE.matcher(text).results().forEach(place -> places.add(place.group(1)));
    }
  }

  private static Map<String, Object> filled(Map<?, ?> map, Map<String, Object> values) {
    Map<String, Object> filled = new LinkedHashMap<>();
    map.forEach(
        (name, value) ->
            filled(value, values).ifPresent(found -> filled.put(name.toString(), found)));
    return filled;
  }

  private static Optional<Object> filled(Object value, Map<String, Object> values) {
    if (value instanceof Map<?, ?> map) {
      return Optional.of(filled(map, values));
    }
    if (value instanceof List<?> list) {
      List<Object> filled = new ArrayList<>();
      list.forEach(element -> filled(element, values).ifPresent(filled::add));
      return Optional.of(filled);
    }
    if (value instanceof String text) {
      Matcher whole = PLACE.matcher(text);
      return whole.matches()
          ? Optional.ofNullable(values.get(whole.group(1)))
          : Optional.of(filledText(text, values));
    }
    return Optional.of(value);
  }

  private static String filledText(String text, Map<String, Object> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(String.valueOf(values.getOrDefault(place.group(1), ""))));
  }

  private static Map<String, Object> message(Message message) {
    return Map.of(
        "role",
        message.role().name().toLowerCase(Locale.ROOT),
        "content",
        message.isText()
            ? message.text()
            : message.parts().stream().map(CustomBody::part).toList());
  }

  /** As in chat completions; the rules let nothing but texts and images through. */
  private static Map<String, Object> part(Part part) {
    return part instanceof Part.File image
        ? Map.of("type", "image_url", "image_url", Map.of("url", image.file().dataUrl()))
        : Map.of("type", "text", "text", ((Part.Text) part).text());
  }

  private static String text(List<Message> messages) {
    return messages.stream().map(Message::text).collect(Collectors.joining("\n\n"));
  }
}
