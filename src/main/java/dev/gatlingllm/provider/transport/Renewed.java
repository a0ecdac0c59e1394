package dev.gatlingllm.provider.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A credential that expires and is looked up again in time. From its time of renewal on, a new one
 * is looked up while callers still get the old one; callers without a valid one wait for the one
 * look-up that is under way. A look-up that failed is not kept, but with a valid credential at hand
 * the next one comes half a minute later. Safe for use by many threads, and never blocks.
 *
 * @param <T> the credential
 */
public final class Renewed<T> {

  /**
   * A credential and its time.
   *
   * @param renewAt from when on a new one is looked up
   * @param expires from when on it is not given out
   */
  public record Lease<T>(T value, Instant renewAt, Instant expires) {}

  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

  private final Supplier<CompletableFuture<Lease<T>>> source;
  private final InstantSource clock;
  private Optional<Lease<T>> kept = Optional.empty();
  private Instant renewAt = Instant.MIN;
  private Optional<CompletableFuture<Lease<T>>> lookup = Optional.empty();

  /**
   * Nothing is looked up yet.
   *
   * @param source starts a look-up, on the thread of a caller, which it must not block
   */
  public Renewed(Supplier<CompletableFuture<Lease<T>>> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The credential to use now: already completed where one is at hand; fails as the look-up did.
   */
  public CompletableFuture<T> get() {
    CompletableFuture<Lease<T>> mine = new CompletableFuture<>();
    CompletableFuture<Lease<T>> answer;
    boolean due;
    synchronized (this) {
      Instant now = clock.instant();
      Optional<Lease<T>> valid = kept.filter(one -> now.isBefore(one.expires()));
      due = lookup.isEmpty() && (valid.isEmpty() || !now.isBefore(renewAt));
      if (due) {
        lookup = Optional.of(mine);
      }
      answer = valid.map(CompletableFuture::completedFuture).orElseGet(() -> lookup.orElseThrow());
    }
    if (due) {
      // Outside of the lock: a source may answer at once, on this thread.
      lookUp(mine);
    }
    return answer.thenApply(Lease::value);
  }

  private void lookUp(CompletableFuture<Lease<T>> pending) {
    try {
      CompletableFuture<Lease<T>> unused =
          source.get().whenComplete((found, failure) -> settle(pending, found, failure));
    } catch (RuntimeException failure) {
      settle(pending, null, failure);
    }
  }

  private void settle(CompletableFuture<Lease<T>> pending, Lease<T> found, Throwable failure) {
    synchronized (this) {
      lookup = Optional.empty();
      if (failure == null) {
        kept = Optional.of(found);
        renewAt = found.renewAt();
      } else {
        renewAt = clock.instant().plus(BETWEEN_FAILURES);
      }
    }
    if (failure == null) {
      pending.complete(found);
    } else {
      pending.completeExceptionally(
          failure instanceof CompletionException ? failure.getCause() : failure);
    }
  }
}
