package dev.gatlingllm.gatling.engine;

import com.typesafe.scalalogging.Logger;
import com.typesafe.scalalogging.StrictLogging;
import io.gatling.core.action.Action;
import io.gatling.core.action.ChainableAction;
import io.gatling.core.action.RequestAction;
import io.gatling.core.session.Session;

/**
 * Gatling's action traits stack on one another ({@code abstract override def !}). Their super
 * accessors are synthetic: javac neither shows nor demands them, and an action without them dies
 * with an {@code AbstractMethodError}. These three steps define them, so that a request written in
 * Java has Gatling's own semantics of exit, recovery and groups.
 */
final class ActionLadder {

  private ActionLadder() {}

  /** Holds the logger that the trait asks for. */
  abstract static class Plain implements Action {

    private Logger logger;

    Plain() {
      StrictLogging.$init$(this);
    }

    @Override
    public Logger logger() {
      return logger;
    }

    @Override
    public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger newLogger) {
      logger = newLogger;
    }

    final void plainBang(Session session) {
      Action.super.$bang(session);
    }
  }

  /** Adds recovery: what goes wrong marks the session as failed and goes on. */
  abstract static class Chainable extends Plain implements ChainableAction {

    // no @Override: the accessor is synthetic, javac does not see it
    public void io$gatling$core$action$ChainableAction$$super$$bang(Session session) {
      plainBang(session);
    }

    final void chainableBang(Session session) {
      ChainableAction.super.$bang(session);
    }
  }

  /** Adds exit: a user who must leave does not send another request. */
  abstract static class Request extends Chainable implements RequestAction {

    // no @Override: the accessor is synthetic, javac does not see it
    public void io$gatling$core$action$ExitableAction$$super$$bang(Session session) {
      chainableBang(session);
    }
  }
}
