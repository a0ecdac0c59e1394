package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RenewedTest {

  private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");

  private final List<CompletableFuture<Renewed.Lease<String>>> lookups = new ArrayList<>();
  private Instant now = START;
  private final Renewed<String> renewed =
      new Renewed<>(
          () -> {
            lookups.add(new CompletableFuture<>());
            return lookups.get(lookups.size() - 1);
          },
          () -> now);

  /** Renewed after a minute, valid for two. */
  private void found(String value) {
    lookups
        .get(lookups.size() - 1)
        .complete(new Renewed.Lease<>(value, now.plusSeconds(60), now.plusSeconds(120)));
  }

  @Test
  void allWhoComeBeforeTheFirstOneWaitForOneLookup() {
    CompletableFuture<String> one = renewed.get();
    CompletableFuture<String> two = renewed.get();
    assertThat(one).isNotDone();

    found("first");

    assertThat(one).isCompletedWithValue("first");
    assertThat(two).isCompletedWithValue("first");
    assertThat(lookups).hasSize(1);
  }

  @Test
  void whileANewOneIsLookedUpTheOldOneIsGivenOut() {
    CompletableFuture<String> unused = renewed.get();
    found("first");
    now = START.plusSeconds(60);

    assertThat(renewed.get()).isCompletedWithValue("first");
    assertThat(renewed.get()).isCompletedWithValue("first");
    assertThat(lookups).hasSize(2);

    found("second");
    assertThat(renewed.get()).isCompletedWithValue("second");
    assertThat(lookups).hasSize(2);
  }

  @Test
  void anExpiredOneIsNotGivenOut() {
    CompletableFuture<String> unused = renewed.get();
    found("first");
    now = START.plusSeconds(120);

    CompletableFuture<String> next = renewed.get();
    assertThat(next).isNotDone();
    found("second");
    assertThat(next).isCompletedWithValue("second");
  }

  @Test
  void afterAFailureTheNextLookupComesAtOnceOrWithAValidOneHalfAMinuteLater() {
    CompletableFuture<String> failed = renewed.get();
    lookups.get(0).completeExceptionally(new IllegalStateException("none"));
    assertThat(failed).isCompletedExceptionally();

    CompletableFuture<String> unused = renewed.get();
    assertThat(lookups).hasSize(2);
    found("first");
    now = START.plusSeconds(60);
    assertThat(renewed.get()).isCompletedWithValue("first");
    lookups.get(2).completeExceptionally(new IllegalStateException("none"));

    now = START.plusSeconds(89);
    assertThat(renewed.get()).isCompletedWithValue("first");
    assertThat(lookups).hasSize(3);
    now = START.plusSeconds(90);
    assertThat(renewed.get()).isCompletedWithValue("first");
    assertThat(lookups).hasSize(4);
  }
}
