package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private static final Failure FAILURE = new Failure(Failure.Kind.BROKEN, 200, "", "cut");

  @Test
  void tellsOneTerminalEventOnly() {
    RecordingListener listener = new RecordingListener();
    Exchange exchange = new Exchange(listener, () -> 5, "us-east-1");

    exchange.completed(1);
    exchange.failed(FAILURE);
    exchange.completed(2);
    exchange.output(3, OutputKind.CONTENT, "late");

    assertThat(listener.events()).containsExactly("completed");
  }

  @Test
  void tellsOneEventAtATimeWhenManyThreadsHaveSome() throws Exception {
    RecordingListener listener = new RecordingListener();
    Exchange exchange = new Exchange(listener, () -> 5, "us-east-1");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            awaitQuietly(go);
            for (int n = 0; n < 5_000; n++) {
              exchange.output(n, OutputKind.CONTENT, "x");
            }
          });
    }
    go.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    exchange.failed(FAILURE);

    assertThat(listener.events()).hasSize(20_001).endsWith("failed:BROKEN");
  }

  @Test
  void letsAListenerEndTheCallFromWithinAnEvent() {
    RecordingListener told = new RecordingListener();
    Exchange[] exchange = new Exchange[1];
    exchange[0] =
        new Exchange(
            new Forwarding(told) {
              @Override
              public void output(long nanos, OutputKind kind, String text) {
                exchange[0].failed(FAILURE);
                super.output(nanos, kind, text);
              }
            },
            () -> 5,
            "us-east-1");

    exchange[0].output(1, OutputKind.CONTENT, "x");

    assertThat(told.events()).containsExactly("CONTENT:x", "failed:BROKEN");
  }

  @Test
  void failsACallWhoseListenerThrows() {
    RecordingListener told = new RecordingListener();
    Exchange exchange =
        new Exchange(
            new Forwarding(told) {
              @Override
              public void finish(String reason) {
                throw new IllegalStateException("a bug");
              }
            },
            () -> 5,
            "us-east-1");

    exchange.finish("end_turn");
    exchange.completed(6);

    assertThat(told.failure())
        .isEqualTo(new Failure(Failure.Kind.CRASHED, 0, "IllegalStateException", "a bug"));
  }

  @Test
  void failsACallWhoseListenerCannotEvenBeLoaded() {
    RecordingListener told = new RecordingListener();
    Exchange exchange =
        new Exchange(
            new Forwarding(told) {
              @Override
              public void output(long nanos, OutputKind kind, String text) {
                throw new NoClassDefFoundError("x");
              }
            },
            () -> 5,
            "us-east-1");

    exchange.output(5, OutputKind.CONTENT, "Hi");
    exchange.completed(6);

    assertThat(told.failure())
        .isEqualTo(new Failure(Failure.Kind.CRASHED, 0, "NoClassDefFoundError", "x"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static class Forwarding implements CallListener {

    private final CallListener to;

    Forwarding(CallListener to) {
      this.to = to;
    }

    @Override
    public void head(long nanos, ResponseHead head) {
      to.head(nanos, head);
    }

    @Override
    public void output(long nanos, OutputKind kind, String text) {
      to.output(nanos, kind, text);
    }

    @Override
    public void usage(TokenUsage usage) {
      to.usage(usage);
    }

    @Override
    public void finish(String reason) {
      to.finish(reason);
    }

    @Override
    public void completed(long nanos) {
      to.completed(nanos);
    }

    @Override
    public void failed(long nanos, Failure failure) {
      to.failed(nanos, failure);
    }
  }
}
