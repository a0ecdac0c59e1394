package dev.gatlingllm.experiment.capacity;

import dev.gatlingllm.capacity.Backlog;
import dev.gatlingllm.capacity.LookTimes;
import dev.gatlingllm.capacity.Probe;
import dev.gatlingllm.record.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/**
 * One probe while it is under way. Users are drawn by one thread, and what it has shown is kept by
 * another; {@link #open} is for any.
 */
final class ProbeLoad {

  private static final long CLIENTS_APART_NANOS = 1_000_000;

  final Probe probe;
  final boolean clients;
  final long beginOffset;
  final Backlog backlog = new Backlog();
  final LookTimes looks = new LookTimes();
  final List<CallRecord> records = new ArrayList<>();

  /** Arrivals whose user has not come to the end of the scenario, by index. */
  final ConcurrentNavigableMap<Long, Arrival> open = new ConcurrentSkipListMap<>();

  private final DoubleSupplier gap;
  private final AtomicLong given = new AtomicLong();
  private double nextOffset;
  private volatile boolean over;

  /**
   * A probe that begins.
   *
   * @param gap of two arrivals, relative to the mean
   */
  ProbeLoad(Probe probe, boolean clients, long beginOffset, DoubleSupplier gap) {
    this.probe = probe;
    this.clients = clients;
    this.beginOffset = beginOffset;
    this.gap = gap;
    this.nextOffset = beginOffset;
  }

  /** Whether another user is to come. */
  boolean hasNext() {
    return !over && (!clients || given.get() < probe.load());
  }

  /** When the next user is to come. */
  long next() {
    long offset = (long) nextOffset;
    given.incrementAndGet();
    nextOffset += clients ? CLIENTS_APART_NANOS : gap.getAsDouble() * 60e9 / probe.load();
    return offset;
  }

  long given() {
    return given.get();
  }

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** What its calls are grouped by in reports. */
  String name() {
    return String.format(
        Locale.ROOT,
        clients ? "probe %02d: %.0f clients" : "probe %02d: %.4g per minute",
        probe.number(),
        probe.load());
  }
}
