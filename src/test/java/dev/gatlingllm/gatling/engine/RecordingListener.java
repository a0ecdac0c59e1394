package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Keeps the events of one attempt, and waits for its end. */
final class RecordingListener implements CallListener {

  final List<String> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<String>> end = new CompletableFuture<>();

  /** All events, once the attempt has ended. */
  List<String> all() {
    return end.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void sent(long nanos) {
    events.add("sent");
  }

  @Override
  public void head(long nanos, ResponseHead head) {
    events.add("head " + head.status());
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    events.add("output " + text);
  }

  @Override
  public void usage(TokenUsage usage) {
    events.add("usage");
  }

  @Override
  public void finish(String reason) {
    events.add("finish " + reason);
  }

  @Override
  public void completed(long nanos) {
    events.add("completed");
    end.complete(events);
  }

  @Override
  public void failed(long nanos, Failure failure) {
    events.add("failed " + failure.kind() + " " + failure.message());
    end.complete(events);
  }
}
