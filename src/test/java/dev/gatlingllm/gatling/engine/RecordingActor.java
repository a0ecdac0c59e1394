package dev.gatlingllm.gatling.engine;

import io.gatling.core.actor.ActorRef;
import java.util.ArrayList;
import java.util.List;
import scala.concurrent.Promise;
import scala.concurrent.duration.FiniteDuration;

/** Keeps the messages of an actor that does nothing. */
final class RecordingActor<M> implements ActorRef<M> {

  final List<M> messages = new ArrayList<>();

  @Override
  public void $bang(M message) {
    messages.add(message);
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public <R> Promise<R> replyPromise(FiniteDuration timeout) {
    throw new UnsupportedOperationException("nobody waits for a reply");
  }
}
