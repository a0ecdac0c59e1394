package dev.gatlingllm.experiment.rag;

import dev.gatlingllm.input.BodyTemplate;
import dev.gatlingllm.input.QuestionFile;
import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who asks what in which conversation. All users take their questions from one list, in turn, round
 * and round. A conversation goes on with the id that its first answer gave until it has had its
 * turns; after a call that failed, or without an id, the next question begins a new one.
 *
 * <p>Safe for use by many threads.
 */
final class Conversations {

  /** Session attribute: the next question. */
  static final String QUESTION = "question";

  /** Session attribute: the id of the conversation; empty for a new one. */
  static final String ID = "conversationId";

  /** Session attribute: number of the question in its conversation, from 1. */
  static final String TURN = "turn";

  private final List<String> questions;
  private final int turns;
  private final AtomicInteger next = new AtomicInteger();

  Conversations(QuestionFile file, int turns) {
    this.questions = file.questions();
    this.turns = turns;
  }

  /** What a body may ask for. */
  static Set<String> names() {
    return Set.of(ID, QUESTION);
  }

  /** The session with its next question, whatever became of the last one. */
  Session next(Session session) {
    String question = questions.get(Math.floorMod(next.getAndIncrement(), questions.size()));
    int turn = goesOn(session) ? session.getInt(TURN) + 1 : 1;
    String id = turn > 1 ? session.getString(ID) : "";
    return session.markAsSucceeded().setAll(Map.of(QUESTION, question, TURN, turn, ID, id));
  }

  private boolean goesOn(Session session) {
    return session.contains(TURN)
        && session.getInt(TURN) < turns
        && !session.isFailed()
        && !session.getString(ID).isEmpty();
  }

  /** The body of the request for the session's question. */
  static String body(BodyTemplate template, Session session) {
    return template.fill(Map.of(ID, session.getString(ID), QUESTION, session.getString(QUESTION)));
  }
}
