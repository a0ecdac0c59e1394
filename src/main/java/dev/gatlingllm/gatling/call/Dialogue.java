package dev.gatlingllm.gatling.call;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.record.CallRecord;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a call goes on with a conversation of its user.
 *
 * @param history the name of the conversation; empty for a call that is in none
 * @param turns how many turns the conversation is to have; 0 if that is not known
 * @param thinkTime from the end of the user's last answer to the intended start of the call; absent
 *     for a call that is due when its user comes to it
 * @param recorded what was answered when the conversation was recorded
 * @param cachePoints whether the service is asked to cache the conversation so far
 * @param stored whether the service keeps the conversation, so that only what is new is sent
 */
public record Dialogue(
    Optional<String> history,
    Function<Session, Integer> turns,
    Optional<Function<Session, Duration>> thinkTime,
    Function<Session, Recorded> recorded,
    boolean cachePoints,
    boolean stored) {

  /** A call that is in no conversation and due when its user comes to it. */
  public static final Dialogue NONE =
      new Dialogue(
          Optional.empty(),
          session -> 0,
          Optional.empty(),
          session -> Recorded.NOTHING,
          false,
          false);

  private static final String PREVIOUS = "previous_response_id";

  /**
   * A recorded answer.
   *
   * @param answer its messages; empty if none was recorded
   * @param preferred whether it goes into the history in place of the service's own
   */
  public record Recorded(List<Message> answer, boolean preferred) {

    /** Nothing was recorded. */
    public static final Recorded NOTHING = new Recorded(List.of(), false);

    /** Copies the list; one that is empty is never preferred. */
    public Recorded {
      answer = List.copyOf(answer);
      preferred = preferred && !answer.isEmpty();
    }
  }

  /** This in the conversation of this name. */
  public Dialogue withHistory(String name) {
    return new Dialogue(Optional.of(name), turns, thinkTime, recorded, cachePoints, stored);
  }

  public Dialogue withTurns(Function<Session, Integer> newTurns) {
    return new Dialogue(history, newTurns, thinkTime, recorded, cachePoints, stored);
  }

  public Dialogue withThinkTime(Function<Session, Duration> newThinkTime) {
    return new Dialogue(history, turns, Optional.of(newThinkTime), recorded, cachePoints, stored);
  }

  public Dialogue withRecorded(Function<Session, Recorded> newRecorded) {
    return new Dialogue(history, turns, thinkTime, newRecorded, cachePoints, stored);
  }

  public Dialogue withCachePoints() {
    return new Dialogue(history, turns, thinkTime, recorded, true, stored);
  }

  public Dialogue withStored() {
    return new Dialogue(history, turns, thinkTime, recorded, cachePoints, true);
  }

  /** Whether a call of the user's conversation has failed. */
  public boolean isBrokenOff(Session session) {
    return history.isPresent() && History.of(history.get(), session).brokenOff();
  }

  /** The session after a call that failed: no further turn of its conversation is sent. */
  public Session brokenOff(Session session) {
    return history
        .map(name -> session.set(History.attribute(name), History.of(name, session).withBreak()))
        .orElse(session);
  }

  /** The place of a call that could not be built, as far as it is known. */
  public CallRecord.Turn place(Session session, long callId) {
    return history
        .map(
            name -> {
              History before = History.of(name, session);
              return new CallRecord.Turn(
                  before.session().orElse(callId), before.turns() + 1, turnsOrUnknown(session));
            })
        .orElse(CallRecord.Turn.NONE);
  }

  /** The function may be what failed the call. */
  private int turnsOrUnknown(Session session) {
    try {
      return turns.apply(session);
    } catch (RuntimeException ignored) {
      return 0;
    }
  }

  /** What the service gets to see: all that was said, or what is new if it knows the rest. */
  List<Message> messages(Session session, List<Message> said) {
    if (history.isEmpty()) {
      return said;
    }
    History before = History.of(history.get(), session);
    List<Message> sent = isKnown(before) ? said : before.and(said);
    return cachePoints ? History.withCachePoint(sent) : sent;
  }

  private boolean isKnown(History before) {
    return stored && !before.responseId().isEmpty();
  }

  /**
   * The turn that a request is.
   *
   * @param request with all its parts
   * @param count how many of its last messages are the conversation; what stands before them is
   *     said anew with each request
   */
  Optional<DialogueTurn> turn(Session session, LlmRequest request, int count) {
    return history.map(
        name -> {
          History before = History.of(name, session);
          List<Message> all = request.messages();
          List<Message> talk = all.subList(Math.max(0, all.size() - count), all.size());
          return new DialogueTurn(
              name,
              before,
              isKnown(before) ? before.and(talk) : talk,
              turns.apply(session),
              recorded.apply(session));
        });
  }

  /** The request that names the answer before, if the service keeps the conversation. */
  LlmRequest continued(Session session, LlmRequest request, int count) {
    if (history.isEmpty() || !isKnown(History.of(history.get(), session))) {
      return request;
    }
    String id = History.of(history.get(), session).responseId();
    Parameters previous = Parameters.NONE.withExtraBody(Map.of(PREVIOUS, id));
    List<Message> all = request.messages();
    return request
        .withMessages(all.subList(Math.max(0, all.size() - count), all.size()))
        .withParameters(previous.orElse(request.parameters()));
  }
}
