package dev.gatlingllm.report;

import dev.gatlingllm.record.Accounting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of the plan of one run, or of several together.
 *
 * @param planned calls that were to be made; absent for a load without a plan, and if that is not
 *     known of every run
 * @param notReached planned calls that never started, without dropped arrivals
 * @param late arrivals that were dropped because the client was too late
 * @param held calls that a throttle or a limit of the run never let go
 * @param neverBuilt calls that failed before there was anything to send; they are on record
 * @param cut what is missing of a run that was killed; absent of others, and of several runs
 */
public record PlannedCalls(
    OptionalLong planned,
    long notReached,
    long late,
    long held,
    long neverBuilt,
    Optional<CutShort> cut) {

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
        accounts.stream().mapToLong(Accounting::held).sum(),
        accounts.stream().mapToLong(Accounting::neverBuilt).sum(),
        Optional.empty());
  }

  /**
   * Those of a run that was killed, of which so many calls are on record, dropped ones included.
   */
  PlannedCalls of(CutShort missing, long onRecord) {
    OptionalLong all = missing.plannedCalls();
    return new PlannedCalls(
        all,
        all.isPresent() ? Math.max(0, all.getAsLong() - onRecord - missing.unknown()) : notReached,
        late,
        held,
        neverBuilt,
        Optional.of(missing));
  }

  /**
   * These and those of one more run, which was killed.
   *
   * @param onRecord calls of that run, dropped ones included
   * @param first whether these are none yet
   */
  PlannedCalls and(CutShort missing, long onRecord, boolean first) {
    OptionalLong more = missing.plannedCalls();
    OptionalLong before = first ? OptionalLong.of(0) : planned;
    return new PlannedCalls(
        before.isPresent() && more.isPresent()
            ? OptionalLong.of(before.getAsLong() + more.getAsLong())
            : OptionalLong.empty(),
        notReached + Math.max(0, more.orElse(onRecord) - onRecord - missing.unknown()),
        late,
        held,
        neverBuilt,
        cut);
  }

  /** Calls that were sent, and of which nobody knows how they ended. */
  long unknown() {
    return cut.map(CutShort::unknown).orElse(0L);
  }
}
