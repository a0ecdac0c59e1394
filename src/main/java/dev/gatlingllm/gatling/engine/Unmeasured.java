package dev.gatlingllm.gatling.engine;

import io.gatling.commons.stats.assertion.Assertion;
import io.gatling.commons.stats.assertion.AssertionPath;
import io.gatling.commons.stats.assertion.Target;
import io.gatling.shared.model.assertion.AssertionStatsRepository;
import io.gatling.shared.model.assertion.AssertionStatsRepository$StatsPath$Group;
import io.gatling.shared.model.assertion.AssertionStatsRepository.Stats;
import io.gatling.shared.model.assertion.AssertionStatsRepository.StatsPath;
import scala.Option;

/**
 * Assertion on a time that no call has. Gatling takes a percentile, mean, minimum or maximum of no
 * values for 0, which is below every limit.
 */
final class Unmeasured {

  private Unmeasured() {}

  /** Whether an assertion is on the times of a group of which there are none. */
  static boolean is(Assertion assertion, AssertionStatsRepository data) {
    if (!(assertion.path() instanceof AssertionPath.Details details)
        || !(assertion.target() instanceof Target.Time)) {
      return false;
    }
    Option<StatsPath> path = data.findPathByParts(details.parts());
    return path.nonEmpty()
        && path.get() instanceof AssertionStatsRepository$StatsPath$Group group
        && isEmpty(data.groupCumulatedResponseTimeGeneralStats(group.group(), Option.empty()));
  }

  private static boolean isEmpty(Option<Stats> stats) {
    return stats.isEmpty() || stats.get().count() == 0;
  }
}
