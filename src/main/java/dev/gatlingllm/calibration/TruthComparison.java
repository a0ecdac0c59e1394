package dev.gatlingllm.calibration;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.simulator.SimulatedCall;
import dev.gatlingllm.simulator.Simulator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds each call that has ended against what the simulated endpoint says of it. Takes results on
 * any thread; costs microseconds for each.
 */
public final class TruthComparison implements Consumer<CallResult> {

  private final Simulator simulator;
  private final MeasurementError.Source source;
  private final String load;
  private final ErrorTally tally = new ErrorTally();
  private final SentSizes sizes = new SentSizes();

  /**
   * A comparison without any call yet.
   *
   * @param simulator where the calls go; it must keep the calls that ended last
   * @param load what load they are, in words; empty if nobody planned it: then the result says how
   *     large the calls were
   */
  public TruthComparison(Simulator simulator, MeasurementError.Source source, String load) {
    this.simulator = simulator;
    this.source = source;
    this.load = load;
  }

  /** Takes a call that has just ended. Never throws: a comparison must not cost the call. */
  @Override
  public void accept(CallResult result) {
    try {
      compare(result);
    } catch (RuntimeException ignored) {
      // counted like every other call that cannot be compared
      tally.addOther();
    }
  }

  private void compare(CallResult result) {
    Optional<SimulatedCall> truth =
        result.outcome() == Outcome.SUCCEEDED && result.attempts().size() == 1
            ? simulator.call(result.head().requestId())
            : Optional.empty();
    truth.ifPresentOrElse(known -> tally.add(result.timeline(), known), tally::addOther);
    truth.ifPresent(known -> sizes.add(result.usage()));
  }

  /** What has been found so far; empty if no call could be compared. */
  public Optional<MeasurementError> result() {
    String what = load.isEmpty() ? sizes.text() : load;
    MeasurementError found = tally.result(source, what, simulator.mostInFlight());
    return found.calls() == 0 ? Optional.empty() : Optional.of(found);
  }
}
