package dev.gatlingllm.health;

import dev.gatlingllm.record.Delays;
import dev.gatlingllm.record.HealthSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Lays samples over the slices of a {@link HealthSeries}. Confined to one thread. */
public final class HealthTimeline {

  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  private final List<HealthSlice> points = new ArrayList<>();

  /**
   * Adds one sample.
   *
   * @param shiftNanos how much later its run started than the first of the runs that are merged
   */
  public void add(HealthSample sample, long shiftNanos) {
    double middle = (shiftNanos + sample.fromNanos() + sample.spanNanos() / 2.0) / 1e9;
    points.add(
        new HealthSlice(
            Math.max(0, middle),
            longest(sample.loopDelay()),
            percent(sample.processor().process()),
            percent(sample.processor().machine()),
            OptionalDouble.of(sample.pauses().longestNanos() / 1e6),
            longest(sample.arrivals().scheduleDelay()),
            longest(sample.backlog()),
            OptionalDouble.of((double) sample.inFlight()),
            OptionalDouble.of(sample.heapUsedBytes() / BYTES_PER_MEBIBYTE)));
  }

  private static OptionalDouble longest(Delays delays) {
    return delays.longestMicros().isPresent()
        ? OptionalDouble.of(delays.longestMicros().getAsLong() / 1e3)
        : OptionalDouble.empty();
  }

  private static OptionalDouble percent(OptionalDouble share) {
    return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
  }

  /** The course of all samples so far. */
  public HealthSeries result() {
    double end = points.stream().mapToDouble(HealthSlice::startSeconds).max().orElse(0);
    double width = HealthSeries.widthFor(end);
    List<List<HealthSlice>> slots = new ArrayList<>();
    for (HealthSlice point : points) {
      int slot = (int) (point.startSeconds() / width);
      while (slots.size() <= slot) {
        slots.add(new ArrayList<>());
      }
      slots.get(slot).add(point);
    }
    List<HealthSlice> slices = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      slices.add(merged(i * width, slots.get(i)));
    }
    return new HealthSeries(width, slices);
  }

  private static HealthSlice merged(double startSeconds, List<HealthSlice> points) {
    return new HealthSlice(
        startSeconds,
        most(points, HealthSlice::loopDelayMillis),
        mean(points, HealthSlice::processCpuPercent),
        mean(points, HealthSlice::machineCpuPercent),
        most(points, HealthSlice::pauseMillis),
        most(points, HealthSlice::scheduleDelayMillis),
        most(points, HealthSlice::backlogMillis),
        most(points, HealthSlice::inFlight),
        most(points, HealthSlice::heapMebibytes));
  }

  private static OptionalDouble most(
      List<HealthSlice> points, Function<HealthSlice, OptionalDouble> value) {
    return points.stream().map(value).flatMapToDouble(OptionalDouble::stream).max();
  }

  private static OptionalDouble mean(
      List<HealthSlice> points, Function<HealthSlice, OptionalDouble> value) {
    return points.stream().map(value).flatMapToDouble(OptionalDouble::stream).average();
  }
}
