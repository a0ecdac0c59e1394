package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes messages for chat completions and for responses, which name their parts differently. */
abstract class ChatParts {

  private static final MessageRules BLOCKS =
      new MessageRules("chat completions", Optional.of(Part.Api.CHAT), Set.of(), true);

  static final ChatParts CHAT =
      new ChatParts(
          AttachmentRules.openAi("chat completions")
              .and(Kind.AUDIO, new AttachmentRules.Some(Set.of("wav", "mp3"), 25 << 20, 10)),
          "text") {
        @Override
        Map<String, Object> image(String url, String detail) {
          Map<String, Object> image = new LinkedHashMap<>();
          image.put("url", url);
          putDetail(image, detail);
          return part("image_url", "image_url", image);
        }

        @Override
        Map<String, Object> file(Attachment file) {
          Map<String, Object> content = new LinkedHashMap<>();
          content.put("filename", file.name());
          content.put("file_data", file.dataUrl());
          return part("file", "file", content);
        }

        /** Any field: servers that speak this API have many of their own. */
        @Override
        void check(Message message) {
          message.parts().stream()
              .filter(Part.Block.class::isInstance)
              .map(Part.Block.class::cast)
              .forEach(BLOCKS::checkBlock);
        }

        /** Anthropic's field, which gateways to its models pass on. */
        @Override
        Map<String, Object> cacheControl(CachePoint point) {
          return Map.of(
              "cache_control",
              point.ttl().isEmpty()
                  ? Map.of("type", "ephemeral")
                  : Map.of("type", "ephemeral", "ttl", point.ttl()));
        }
      };

  static final ChatParts RESPONSES =
      new ChatParts(AttachmentRules.openAi("the Responses API"), "input_text") {
        private final MessageRules taken = MessageRules.none("the Responses API");

        @Override
        void check(Message message) {
          taken.check(message);
        }

        @Override
        Map<String, Object> image(String url, String detail) {
          Map<String, Object> part = part("input_image", "image_url", url);
          putDetail(part, detail);
          return part;
        }

        @Override
        Map<String, Object> file(Attachment file) {
          Map<String, Object> part = part("input_file", "filename", file.name());
          part.put("file_data", file.dataUrl());
          return part;
        }

        @Override
        Map<String, Object> cacheControl(CachePoint point) {
          throw new IllegalArgumentException(
              "cachePoint must be none: the Responses API has no cache points");
        }
      };

  private final AttachmentRules rules;
  private final String textType;

  private ChatParts(AttachmentRules rules, String textType) {
    this.rules = rules;
    this.textType = textType;
  }

  abstract Map<String, Object> image(String url, String detail);

  abstract Map<String, Object> file(Attachment file);

  /**
   * Checks what a message says beside texts and files.
   *
   * @throws IllegalArgumentException naming what the API does not know
   */
  abstract void check(Message message);

  /** Chat completions only: the rules let none through to responses. */
  private static Map<String, Object> audio(Attachment audio) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("data", audio.base64());
    content.put("format", audio.format());
    return part("input_audio", "input_audio", content);
  }

  /**
   * The field of the last part of a message up to which the conversation is to be cached.
   *
   * @throws IllegalArgumentException if the API has none
   */
  abstract Map<String, Object> cacheControl(CachePoint point);

  /**
   * A message; its content is a text, or parts where it was given so or something goes with it.
   *
   * @throws IllegalArgumentException if the API does not take what goes with it
   */
  Map<String, Object> message(Message message) {
    check(message);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", message.role().word());
    if (!message.parts().isEmpty()) {
      boolean plain = message.isOneText() && message.cachePoint() == CachePoint.NONE;
      fields.put("content", plain ? message.text() : parts(message));
    }
    fields.putAll(message.fields());
    return fields;
  }

  private List<Map<String, Object>> parts(Message message) {
    rules.check(message);
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Part part : message.parts()) {
      Map<String, Object> written = new LinkedHashMap<>(part(message.role(), part));
      part.fields().forEach(written::putIfAbsent);
      parts.add(written);
    }
    if (message.cachePoint() != CachePoint.NONE) {
      parts.get(parts.size() - 1).putAll(cacheControl(message.cachePoint()));
    }
    return parts;
  }

  private Map<String, Object> part(Message.Role role, Part part) {
    if (part instanceof Part.Text text) {
      return part(textType(role), "text", text.text());
    }
    if (part instanceof Part.Link link) {
      return image(link.address().toString(), link.detail());
    }
    return part instanceof Part.File file ? file(file) : part.fields();
  }

  private String textType(Message.Role role) {
    boolean answer = role == Message.Role.ASSISTANT && textType.equals("input_text");
    return answer ? "output_text" : textType;
  }

  private Map<String, Object> file(Part.File part) {
    Attachment file = part.file();
    return switch (file.kind()) {
      case IMAGE -> image(file.dataUrl(), part.detail());
      case AUDIO -> audio(file);
      case DOCUMENT, VIDEO -> file(file);
    };
  }

  private static void putDetail(Map<String, Object> image, String detail) {
    if (!detail.isEmpty()) {
      image.put("detail", detail);
    }
  }

  private static Map<String, Object> part(String type, String name, Object value) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put(name, value);
    return part;
  }
}
