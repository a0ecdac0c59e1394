package dev.gatlingllm.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps what it is told, and every breach of the listener's contract. */
public class RecordingListener implements CallListener {

  private static final long PATIENCE_SECONDS = 60;

  /** One output. */
  public record Output(long nanos, OutputKind kind, String text) {}

  private final List<String> events = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<Long> stamps = new ArrayList<>();
  private final List<String> threads = new ArrayList<>();
  private final List<TokenUsage> usages = new ArrayList<>();
  private final List<Served> served = new CopyOnWriteArrayList<>();
  private final Semaphore outputCount = new Semaphore(0);
  private final CountDownLatch headCame = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean busy = new AtomicBoolean();
  private OptionalLong sent = OptionalLong.empty();
  private Optional<ResponseHead> head = Optional.empty();
  private Optional<Failure> failure = Optional.empty();

  @Override
  public synchronized void sent(long nanos) {
    if (sent.isPresent() || !events.isEmpty()) {
      breaches.add("sent told late or twice");
    }
    sent = OptionalLong.of(nanos);
  }

  @Override
  public void head(long nanos, ResponseHead head) {
    hear("head " + head.status(), nanos, () -> this.head = Optional.of(head));
    headCame.countDown();
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    hear(kind + " " + text, nanos, () -> outputs.add(new Output(nanos, kind, text)));
    outputCount.release();
  }

  @Override
  public void outputWithoutText(long nanos, OutputKind kind) {
    hear(kind + " without text", nanos, () -> {});
    outputCount.release();
  }

  @Override
  public void served(Served by) {
    served.add(by);
  }

  /** Who served the call, each time it was told. */
  public List<Served> served() {
    return List.copyOf(served);
  }

  @Override
  public void usage(TokenUsage usage) {
    hear("usage", lastStamp(), () -> usages.add(usage));
  }

  @Override
  public void finish(String reason) {
    hear("finish " + reason, lastStamp(), () -> {});
  }

  @Override
  public void completed(long nanos) {
    hear("completed", nanos, () -> {});
    ended.countDown();
  }

  @Override
  public void failed(long nanos, Failure failure) {
    hear("failed " + failure.kind(), nanos, () -> this.failure = Optional.of(failure));
    ended.countDown();
  }

  private synchronized long lastStamp() {
    return stamps.isEmpty() ? Long.MIN_VALUE : stamps.get(stamps.size() - 1);
  }

  private void hear(String event, long nanos, Runnable keep) {
    if (!busy.compareAndSet(false, true)) {
      synchronized (this) {
        breaches.add(event + " while another event was told");
      }
    }
    synchronized (this) {
      if (ended.getCount() == 0) {
        breaches.add(event + " after the end");
      }
      if (nanos < lastStamp()) {
        breaches.add(event + " stamped before the event that preceded it");
      }
      events.add(event);
      stamps.add(nanos);
      threads.add(Thread.currentThread().getName());
      keep.run();
    }
    busy.set(false);
  }

  /** Waits for the terminal event and checks that the contract was kept. */
  public RecordingListener awaitEnd() throws InterruptedException {
    assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the call ended").isTrue();
    assertThat(breaches()).isEmpty();
    return this;
  }

  /** Waits until that many outputs have come since the last wait. */
  public void awaitOutputs(int count) throws InterruptedException {
    assertThat(outputCount.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as(count + " outputs came")
        .isTrue();
  }

  /** Waits for the response's head. */
  public void awaitHead() throws InterruptedException {
    assertThat(headCame.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the head came").isTrue();
  }

  public synchronized OptionalLong sent() {
    return sent;
  }

  public synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  public synchronized List<String> events() {
    return List.copyOf(events);
  }

  public synchronized List<Output> outputs() {
    return List.copyOf(outputs);
  }

  public synchronized List<Long> stamps() {
    return List.copyOf(stamps);
  }

  public synchronized List<String> threads() {
    return List.copyOf(threads);
  }

  public synchronized List<TokenUsage> usages() {
    return List.copyOf(usages);
  }

  public synchronized ResponseHead head() {
    return head.orElseThrow();
  }

  public synchronized Failure failure() {
    return failure.orElseThrow();
  }
}
