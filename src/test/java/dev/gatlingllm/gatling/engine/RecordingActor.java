package dev.gatlingllm.gatling.engine;

import io.gatling.core.actor.ActorRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import scala.concurrent.Promise;
import scala.concurrent.duration.FiniteDuration;

/** Keeps the messages of an actor that does nothing. */
final class RecordingActor<M> implements ActorRef<M> {

  final List<M> messages = new CopyOnWriteArrayList<>();
  private final CompletableFuture<M> first = new CompletableFuture<>();

  /** The first message, once it has come. */
  M await() {
    return first.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void $bang(M message) {
    messages.add(message);
    first.complete(message);
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
