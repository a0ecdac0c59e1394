package dev.gatlingllm.provider;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param parts what is said and sent along, in this order; at least one, unless there are further
 *     fields
 * @param cachePoint whether the conversation up to the end of this message is to be cached
 * @param fields further fields of the message as JSON-like values, null included, in the words of
 *     chat completions, such as {@code name} and {@code tool_calls}; an API that does not know them
 *     refuses the request
 */
public record Message(
    Role role, List<Part> parts, CachePoint cachePoint, Map<String, Object> fields) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    /** The system in the words of OpenAI's newer models; other APIs get a system prompt. */
    DEVELOPER,
    USER,
    ASSISTANT,
    /** The result of a tool's call. */
    TOOL,
    /** The result of a function's call, in OpenAI's older words. */
    FUNCTION;

    /** As requests and files write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it instructs the model instead of taking a turn. */
    public boolean instructs() {
      return this == SYSTEM || this == DEVELOPER;
    }
  }

  private static final String BETWEEN_TEXTS = "\n\n";

  /** Rejects null components, no part at all, and a file that no user sends. */
  public Message {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(cachePoint, "cachePoint");
    parts = List.copyOf(parts);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    if (parts.isEmpty() && fields.isEmpty()) {
      throw new IllegalArgumentException("a message must have at least one part, had none");
    }
    if (role != Role.USER && parts.stream().anyMatch(Message::isSentAlong)) {
      throw new IllegalArgumentException(
          "attachments go with messages of a user only, not with one of role " + role);
    }
  }

  private static boolean isSentAlong(Part part) {
    return part instanceof Part.File || part instanceof Part.Link;
  }

  /** A message without further fields. */
  public Message(Role role, List<Part> parts, CachePoint cachePoint) {
    this(role, parts, cachePoint, Map.of());
  }

  /** A message of text only, without a cache point. */
  public Message(Role role, String text) {
    this(role, List.of(new Part.Text(text)), CachePoint.NONE);
  }

  /** The same message with another cache point. */
  public Message with(CachePoint newCachePoint) {
    return new Message(role, parts, newCachePoint, fields);
  }

  public static Message system(String text) {
    return new Message(Role.SYSTEM, text);
  }

  public static Message user(String text) {
    return new Message(Role.USER, text);
  }

  public static Message assistant(String text) {
    return new Message(Role.ASSISTANT, text);
  }

  /** All that is said, without what is sent along; texts are apart by a blank line. */
  public String text() {
    return only(Part.Text.class).map(Part.Text::text).collect(Collectors.joining(BETWEEN_TEXTS));
  }

  /**
   * Every text in it: those of its parts, and those in further fields and blocks, such as a tool's
   * result.
   */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      }
      addTexts(part.fields(), texts);
    }
    addTexts(fields, texts);
    return texts;
  }

  private static void addTexts(Object value, List<String> texts) {
    if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, inner) -> {
            if (!Part.Text.TYPE.equals(name)) {
              addTexts(inner, texts);
            }
          });
    } else if (value instanceof Iterable<?> list) {
      list.forEach(inner -> addTexts(inner, texts));
    } else if (value instanceof String text) {
      texts.add(text);
    }
  }

  /** The files that are sent along; not those that the service fetches. */
  public List<Attachment> attachments() {
    return only(Part.File.class).map(Part.File::file).toList();
  }

  /** Whether it is one text, as a content that is no list of parts says it. */
  public boolean isOneText() {
    return parts.size() == 1 && isText() && parts.get(0).fields().isEmpty();
  }

  /** Whether it is words and nothing else. */
  public boolean isText() {
    return parts.stream().allMatch(Part.Text.class::isInstance);
  }

  private <T extends Part> Stream<T> only(Class<T> type) {
    return parts.stream().filter(type::isInstance).map(type::cast);
  }

  /** This message with a text before all else, which a blank line ends. */
  public Message beginningWith(String beginning) {
    List<Part> all = new ArrayList<>(parts);
    if (all.get(0) instanceof Part.Text first) {
      all.set(0, new Part.Text(beginning + BETWEEN_TEXTS + first.text(), first.fields()));
    } else {
      all.add(0, new Part.Text(beginning));
    }
    return new Message(role, all, cachePoint, fields);
  }

  /** This message with further attachments. */
  public Message with(List<Attachment> more) {
    List<Part> all = new ArrayList<>(parts);
    more.forEach(file -> all.add(new Part.File(file)));
    return new Message(role, all, cachePoint, fields);
  }

  /**
   * A conversation with further attachments to its last message of a user.
   *
   * @throws IllegalArgumentException if no user speaks in it
   */
  public static List<Message> attach(List<Message> messages, List<Attachment> more) {
    if (more.isEmpty()) {
      return messages;
    }
    List<Message> all = new ArrayList<>(messages);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).role() == Role.USER) {
        all.set(i, all.get(i).with(more));
        return all;
      }
    }
    throw new IllegalArgumentException("attachments need a message of a user to go with");
  }
}
