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
 */
public record Message(Role role, String text, List<Attachment> attachments) {

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
    attachments = List.copyOf(attachments);
  }

  /** A message of text only. */
  public Message(Role role, String text) {
    this(role, text, List.of());
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
    return new Message(role, text, all);
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
