package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search found.
 *
 * @param by what ended it
 * @param load the greatest at which every limit holds, or a lower bound if there is no interval;
 *     absent if none was found
 * @param interval that holds it at 95 %; absent if it is not known how much more would do
 * @param limit the name of the limit that is reached; absent if it is none
 * @param held the load that was held for the time of a confirmation; absent if none was
 * @param precise whether the interval is as narrow as was asked
 */
public record SearchFinding(
    SearchEnd by,
    OptionalDouble load,
    Optional<Interval> interval,
    Optional<String> limit,
    OptionalDouble held,
    boolean precise) {

  static SearchFinding atLeast(SearchEnd by, double load) {
    return new SearchFinding(
        by,
        load > 0 ? OptionalDouble.of(load) : OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        false);
  }

  static SearchFinding ofQuota(double rate, double precision, OptionalDouble held) {
    double low = Math.min(rate, held.orElse(rate * (1 - precision)));
    return new SearchFinding(
        SearchEnd.QUOTA,
        OptionalDouble.of(rate),
        Optional.of(new Interval(low, rate * (1 + precision / 2))),
        Optional.empty(),
        held,
        true);
  }
}
