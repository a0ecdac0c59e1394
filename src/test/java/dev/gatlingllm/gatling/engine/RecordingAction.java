package dev.gatlingllm.gatling.engine;

import io.gatling.core.session.Session;
import java.util.ArrayList;
import java.util.List;

/** The action after the last: keeps the sessions of the users who came so far. */
final class RecordingAction extends ActionLadder.Plain {

  final List<Session> sessions = new ArrayList<>();
  private boolean failing;

  /** Fails with the next user. */
  void failOnce() {
    failing = true;
  }

  @Override
  public String name() {
    return "next";
  }

  @Override
  public void execute(Session session) {
    if (failing) {
      failing = false;
      throw new IllegalStateException("the user's next step");
    }
    sessions.add(session);
  }
}
