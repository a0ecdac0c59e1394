package dev.gatlingllm.gatling.call;

import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.Message;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a user has said and been told in a conversation. It lives in the user's session, in memory
 * alone: neither a file nor a log ever gets its text. Immutable.
 *
 * @param session the number of the session, that of its first call; absent before it
 * @param turns how many turns it has had
 * @param messages all that was said, questions and answers
 * @param responseId the service's id of the last answer, by which it knows the conversation; empty
 *     if it gave none
 * @param brokenOff whether a call has failed, so that no further turn is sent
 */
public record History(
    OptionalLong session, int turns, List<Message> messages, String responseId, boolean brokenOff) {

  /** A conversation that has not begun. */
  public static final History NONE = new History(OptionalLong.empty(), 0, List.of(), "", false);

  private static final String PREFIX = "llm.history.";

  /** Copies the messages. */
  public History {
    messages = List.copyOf(messages);
  }

  /** The session attribute of the conversation of this name. */
  public static String attribute(String name) {
    return PREFIX + name;
  }

  /** The conversation of this name; {@link #NONE} before its first turn. */
  public static History of(String name, Session session) {
    return session.contains(attribute(name)) ? session.get(attribute(name)) : NONE;
  }

  /** All that was said and what is said now. */
  List<Message> and(List<Message> said) {
    List<Message> all = new ArrayList<>(messages);
    all.addAll(said);
    return all;
  }

  /**
   * A conversation with a cache point at its end, and of those before it the last alone: what the
   * turn before has written is read, and what this one adds is written.
   */
  static List<Message> withCachePoint(List<Message> messages) {
    List<Message> marked = new ArrayList<>(messages);
    int last = marked.size() - 1;
    boolean found = false;
    for (int i = last - 1; i >= 0; i--) {
      if (marked.get(i).cachePoint() != CachePoint.NONE) {
        marked.set(i, found ? marked.get(i).with(CachePoint.NONE) : marked.get(i));
        found = true;
      }
    }
    marked.set(last, marked.get(last).with(CachePoint.DEFAULT));
    return marked;
  }

  History withBreak() {
    return new History(session, turns, messages, responseId, true);
  }

  /** Leaves out what was said, which must not reach a log. */
  @Override
  public String toString() {
    return "History[" + turns + " turns]";
  }
}
