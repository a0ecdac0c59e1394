package dev.gatlingllm.provider.connection;

import io.netty.util.NetUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up each name once, off the event loops and within the limit, before the request goes to a
 * client that resolves names on its event loop: that client finds it in the JDK's cache. Safe for
 * use by many threads.
 */
public final class FirstLookups implements AutoCloseable {

  private final LookupThreads threads;
  private final ConnectLimit limit;
  private final NameLookup lookup;
  private final ConcurrentMap<String, CompletableFuture<Void>> hosts = new ConcurrentHashMap<>();

  /**
   * Starts the threads.
   *
   * @param name begins their names
   */
  public FirstLookups(String name, ConnectLimit limit, NameLookup lookup) {
    this.threads = new LookupThreads(name);
    this.limit = limit;
    this.lookup = lookup;
  }

  /**
   * Done when the name has been looked up, whether or not it was found; at once if it was found
   * before. Fails with a {@link io.netty.channel.ConnectTimeoutException} if that takes longer than
   * the limit.
   */
  public CompletableFuture<Void> of(String host) {
    CompletableFuture<Void> found = hosts.computeIfAbsent(host, this::begin);
    if (found.isDone()) {
      return found;
    }
    CompletableFuture<Void> limited = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        found
            .copy()
            .orTimeout(limit.duration().toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((nothing, thrown) -> settle(limited, thrown));
    return limited;
  }

  private static void settle(CompletableFuture<Void> limited, Throwable thrown) {
    if (thrown instanceof TimeoutException) {
      limited.completeExceptionally(ConnectLimit.passed("while its name was looked up"));
    } else {
      limited.complete(null);
    }
  }

  private CompletableFuture<Void> begin(String host) {
    CompletableFuture<Void> found = new CompletableFuture<>();
    if (isAddress(host)) {
      found.complete(null);
      return found;
    }
    try {
      threads.execute(() -> lookUp(host, found));
    } catch (RejectedExecutionException ignored) {
      // Closed: the client that gets the name reports what is wrong.
      found.complete(null);
    }
    return found;
  }

  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  private void lookUp(String host, CompletableFuture<Void> found) {
    try {
      lookup.addresses(host);
    } catch (Exception | Error ignored) {
      // The client that gets the name fails in the same way and reports it.
      hosts.remove(host);
    }
    found.complete(null);
  }

  @Override
  public void close() {
    threads.close();
  }
}
