package dev.gatlingllm.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param text what is said
 * @param attachments files that go with it
 * @param cachePoint whether the conversation up to the end of this message is to be cached
 */
public record Message(Role role, String text, List<Attachment> attachments, CachePoint cachePoint) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /** Rejects null components. */
  public Message {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(cachePoint, "cachePoint");
    attachments = List.copyOf(attachments);
  }

  /** A message of text only, without a cache point. */
  public Message(Role role, String text) {
    this(role, text, List.of(), CachePoint.NONE);
  }

  /** The same message with another cache point. */
  public Message with(CachePoint newCachePoint) {
    return new Message(role, text, attachments, newCachePoint);
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

  /** This message with further attachments. */
  public Message with(List<Attachment> more) {
    List<Attachment> all = new ArrayList<>(attachments);
    all.addAll(more);
    return new Message(role, text, all, cachePoint);
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
