package dev.gatlingllm.experiment;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.exec.Executable;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Things to make calls of, drawn one after another by whichever client is free: every one is drawn,
 * and none twice. Safe for many threads.
 */
public final class SharedQueue<T> {

  private final String attribute;
  private final Queue<T> left;

  /**
   * Things in the order in which they are to be drawn.
   *
   * @param attribute the session attribute that holds what was drawn
   */
  public SharedQueue(String attribute, List<T> order) {
    this.attribute = attribute;
    this.left = new ConcurrentLinkedQueue<>(order);
  }

  /**
   * Makes the call for one thing after another until none is left.
   *
   * @param pause after each call
   */
  public ChainBuilder each(Executable call, Duration pause) {
    ChainBuilder once = exec(call);
    return asLongAs(session -> !left.isEmpty())
        .on(
            exec(this::draw),
            doIf(session -> session.contains(attribute))
                .then(pause.isZero() ? once : once.exec(pause(pause))));
  }

  private Session draw(Session session) {
    T next = left.poll();
    return next == null ? session.remove(attribute) : session.set(attribute, next);
  }
}
