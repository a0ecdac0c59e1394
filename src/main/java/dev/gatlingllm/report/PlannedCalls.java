package dev.gatlingllm.report;

import dev.gatlingllm.record.Accounting;
import java.util.List;
import java.util.OptionalLong;

/**
 * What became of the plan of one run, or of several together.
 *
 * @param planned calls that were to be made; absent for a load without a plan, and if that is not
 *     known of every run
 * @param notReached planned calls that never started, without dropped arrivals
 * @param late arrivals that were dropped because the client was too late
 * @param held calls that a throttle or a limit of the run never let go
 */
public record PlannedCalls(OptionalLong planned, long notReached, long late, long held) {

  /** Sums up the accounts of all runs that have one, of so many runs. */
  static PlannedCalls of(List<Accounting> accounts, int runs) {
    List<Accounting> withPlan =
        accounts.stream().filter(account -> account.planned().isPresent()).toList();
    return new PlannedCalls(
        withPlan.size() == runs && runs > 0
            ? OptionalLong.of(withPlan.stream().mapToLong(a -> a.planned().getAsLong()).sum())
            : OptionalLong.empty(),
        withPlan.stream().mapToLong(Accounting::notReached).sum(),
        accounts.stream().mapToLong(Accounting::dropped).sum(),
        accounts.stream().mapToLong(Accounting::held).sum());
  }
}
