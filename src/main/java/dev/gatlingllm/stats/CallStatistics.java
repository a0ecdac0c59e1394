package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a report says of the calls of one key, or of all calls.
 *
 * @param key what the calls have in common
 * @param counts how they ended
 * @param cancelled the calls that the client was to cancel; absent if it was to cancel none
 * @param shares what part of them ended how, and how many independent calls that rests on
 * @param distributions of every measure, those without a value included
 * @param bins of the measures that are drawn as a distribution
 * @param tails of the latencies whose tail is drawn
 * @param throughput completions and tokens per time
 * @param cache absent if no call says anything of a prompt cache
 * @param sizes absent if no call asked for a size that was counted
 * @param goodput absent without limits
 * @param attempts what was sent
 * @param connections on what it was sent; absent if no call says anything of it
 * @param errors the most frequent first
 * @param notable the best and the worst call
 * @param breakdown by model, region and finish reason
 * @param dataQuality what to know when reading the numbers
 * @param series the course over time
 */
public record CallStatistics(
    CallKey key,
    CallCounts counts,
    Optional<CancelledCalls> cancelled,
    OutcomeShares shares,
    Map<Measure, Distribution> distributions,
    Map<Measure, Bins> bins,
    Map<Measure, TailCurve> tails,
    Throughput throughput,
    Optional<CacheUse> cache,
    Optional<AskedSizes> sizes,
    Optional<Goodput> goodput,
    Attempts attempts,
    Optional<ConnectionCounts> connections,
    List<ErrorCount> errors,
    NotableCalls notable,
    Breakdown breakdown,
    DataQuality dataQuality,
    TimeSeries series) {

  /** Copies the collections. */
  public CallStatistics {
    distributions = Collections.unmodifiableMap(new EnumMap<>(distributions));
    bins = Collections.unmodifiableMap(new EnumMap<>(bins));
    tails = Collections.unmodifiableMap(new EnumMap<>(tails));
    errors = List.copyOf(errors);
  }

  /** The same without rates, which would be of no load. */
  CallStatistics withoutRates() {
    return new CallStatistics(
        key,
        counts,
        cancelled,
        shares,
        distributions,
        bins,
        tails,
        throughput.withoutRates(),
        cache,
        sizes,
        goodput.map(Goodput::withoutRate),
        attempts,
        connections,
        errors,
        notable,
        breakdown,
        dataQuality,
        series);
  }

  /** The distribution of a measure; with n = 0 if it was never measured. */
  public Distribution of(Measure measure) {
    return distributions.get(measure);
  }

  /** The bins of a measure that is drawn; none for any other. */
  public Bins binsOf(Measure measure) {
    return bins.getOrDefault(measure, Bins.NONE);
  }

  /** The tail of a latency; without points if it is not drawn. */
  public TailCurve tailOf(Measure measure) {
    return tails.getOrDefault(measure, TailCurve.NONE);
  }
}
