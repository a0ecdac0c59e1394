package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a call told, in order, and notices when its rules are broken. */
final class RecordingListener implements CallListener {

  /** Long enough for the busiest machine: only a hang reaches it. */
  private static final int PATIENCE_SECONDS = 60;

  /** One event as text, such as {@code CONTENT:Hello}, and its stamp. */
  record Told(String what, long nanos) {}

  private final BlockingQueue<Told> outputs = new LinkedBlockingQueue<>();
  private final List<Told> all = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final CountDownLatch headed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private OptionalLong sent = OptionalLong.empty();
  private ResponseHead head = ResponseHead.NONE;
  private TokenUsage usage = TokenUsage.NONE;
  private Served served = Served.UNKNOWN;
  private Failure failure;

  @Override
  public void sent(long nanos) {
    synchronized (all) {
      if (sent.isPresent() || !all.isEmpty()) {
        breach("sent told late or twice");
      }
      sent = OptionalLong.of(nanos);
    }
  }

  @Override
  public void head(long nanos, ResponseHead newHead) {
    told("head:" + newHead.status(), nanos, () -> head = newHead);
    headed.countDown();
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    told(kind + ":" + text, nanos, () -> {});
    outputs.add(new Told(kind + ":" + text, nanos));
  }

  @Override
  public void outputWithoutText(long nanos, OutputKind kind) {
    told(kind + " without text", nanos, () -> {});
  }

  @Override
  public void served(Served by) {
    synchronized (all) {
      served = by;
    }
  }

  @Override
  public void usage(TokenUsage newUsage) {
    told("usage", 0, () -> usage = newUsage);
  }

  @Override
  public void finish(String reason) {
    told("finish:" + reason, 0, () -> {});
  }

  @Override
  public void completed(long nanos) {
    told("completed", nanos, () -> {});
    ended.countDown();
  }

  @Override
  public void failed(long nanos, Failure newFailure) {
    told("failed:" + newFailure.kind(), nanos, () -> failure = newFailure);
    ended.countDown();
  }

  /** What was told, after the end: texts in order. */
  List<String> events() {
    awaitEnd();
    synchronized (all) {
      return all.stream().map(Told::what).toList();
    }
  }

  /** What was told so far. */
  List<Told> toldSoFar() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  Told nextOutput() {
    try {
      Told next = outputs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("an output within %s s", PATIENCE_SECONDS).isNotNull();
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  OptionalLong sent() {
    synchronized (all) {
      return sent;
    }
  }

  ResponseHead awaitHead() {
    await(headed, "a head");
    return head;
  }

  Failure failure() {
    awaitEnd();
    assertThat(failure).as("failure after %s", toldSoFar()).isNotNull();
    return failure;
  }

  TokenUsage usage() {
    awaitEnd();
    return usage;
  }

  /** Who served the call, as told last. */
  Served served() {
    awaitEnd();
    synchronized (all) {
      return served;
    }
  }

  ResponseHead head() {
    awaitEnd();
    return head;
  }

  void awaitEnd() {
    await(ended, "an end");
    synchronized (all) {
      assertThat(breaches).isEmpty();
    }
  }

  private void told(String what, long nanos, Runnable keep) {
    if (inside.getAndIncrement() > 0) {
      breach("two events at once: " + what);
    }
    synchronized (all) {
      if (ended.getCount() == 0) {
        breach("after the end: " + what);
      }
      keep.run();
      all.add(new Told(what, nanos));
    }
    inside.decrementAndGet();
  }

  private void breach(String what) {
    synchronized (all) {
      breaches.add(what);
    }
  }

  private void await(CountDownLatch latch, String what) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("%s within %s s after %s", what, PATIENCE_SECONDS, toldSoFar())
          .isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
