package dev.gatlingllm.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstLookupsTest {

  private final AtomicInteger lookups = new AtomicInteger();

  private static FirstLookups within(Duration limit, NameLookup lookup) {
    return new FirstLookups("test", new ConnectLimit(limit, NanoClock.SYSTEM), lookup);
  }

  @Test
  void aNameIsLookedUpOnce() throws Exception {
    try (FirstLookups names =
        within(
            Duration.ofMinutes(1),
            host -> {
              lookups.incrementAndGet();
              return List.of(InetAddress.getLoopbackAddress());
            })) {
      names.of("a.example").get(60, TimeUnit.SECONDS);
      CompletableFuture<Void> again = names.of("a.example");

      assertThat(again).isDone();
      assertThat(lookups).hasValue(1);
    }
  }

  @Test
  void anAddressIsNotLookedUp() {
    try (FirstLookups names =
        within(
            Duration.ofMinutes(1),
            host -> {
              throw new AssertionError(host);
            })) {
      assertThat(names.of("127.0.0.1")).isCompleted();
      assertThat(names.of("::1")).isCompleted();
    }
  }

  @Test
  void aNameThatIsNotFoundIsLeftToTheClientAndLookedUpAgain() throws Exception {
    try (FirstLookups names =
        within(
            Duration.ofMinutes(1),
            host -> {
              lookups.incrementAndGet();
              throw new UnknownHostException(host);
            })) {
      names.of("no.example").get(60, TimeUnit.SECONDS);
      names.of("no.example").get(60, TimeUnit.SECONDS);

      assertThat(lookups).hasValue(2);
    }
  }

  @Test
  void aLookUpThatHangsEndsAtTheLimit() throws Exception {
    Semaphore over = new Semaphore(0);
    try (FirstLookups names =
        within(
            Duration.ofMillis(50),
            host -> {
              over.acquireUninterruptibly();
              return List.of();
            })) {
      assertThatThrownBy(() -> names.of("slow.example").get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectTimeoutException.class);
    } finally {
      over.release();
    }
  }
}
