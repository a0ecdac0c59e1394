package dev.gatlingllm.gatling.call;

import dev.gatlingllm.provider.Message;
import dev.gatlingllm.record.CallRecord;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A call as a turn of a conversation.
 *
 * @param name of the conversation
 * @param before what was said before
 * @param said what was said up to this call's question, which is in it
 * @param turns how many turns the conversation is to have; 0 if that is not known
 * @param recorded the answer that was recorded
 */
public record DialogueTurn(
    String name, History before, List<Message> said, int turns, Dialogue.Recorded recorded) {

  /** Copies the messages. */
  public DialogueTurn {
    said = List.copyOf(said);
  }

  /** The turn's place in its session, for the record of the call. */
  public CallRecord.Turn place(long callId) {
    return new CallRecord.Turn(before.session().orElse(callId), before.turns() + 1, turns);
  }

  /**
   * The session after the answer: it goes into the history, or the recorded one in its place. An
   * answer without text, such as only a tool's call, cannot be sent back: the recorded one takes
   * its place if there is one, and otherwise nothing does.
   *
   * @param answer its text, without the arguments of a tool's call
   * @param responseId the service's id of it; empty if it gave none
   */
  public Session answered(Session session, long callId, String answer, String responseId) {
    List<Message> all = new ArrayList<>(said);
    if (recorded.preferred() || answer.isBlank()) {
      all.addAll(recorded.answer());
    } else {
      all.add(Message.assistant(answer));
    }
    return session.set(
        History.attribute(name),
        new History(
            OptionalLong.of(before.session().orElse(callId)),
            before.turns() + 1,
            all,
            responseId,
            false));
  }

  /** Leaves out what was said, which must not reach a log. */
  @Override
  public String toString() {
    return "DialogueTurn[" + (before.turns() + 1) + "]";
  }
}
