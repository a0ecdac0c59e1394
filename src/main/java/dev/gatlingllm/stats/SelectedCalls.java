package dev.gatlingllm.stats;

import java.util.List;
import java.util.Optional;

/** What was measured of some calls of a run. Confined to the thread of their collector. */
public final class SelectedCalls {

  private final CallCounts counts;
  private final OutcomeShares shares;
  private final List<CallSamples> samples;

  SelectedCalls(CallCounts counts, OutcomeShares shares, List<CallSamples> samples) {
    this.counts = counts;
    this.shares = shares;
    this.samples = samples;
  }

  /** How they ended. */
  public CallCounts counts() {
    return counts;
  }

  /** What part of them ended how; without limits of a call, every one that succeeded is good. */
  public OutcomeShares shares() {
    return shares;
  }

  /** What is known of one measure, calls without an end included; absent if no call has a value. */
  public Optional<RankedValues> of(Measure measure) {
    return CallSamples.values(samples, measure)
        .map(values -> new RankedValues(values, CallSamples.waits(samples, measure)));
  }

  /** See {@link CallSamples#started}. */
  public Optional<StartedValues> started(Measure measure) {
    return CallSamples.started(samples, measure);
  }

  /**
   * One measure in the earlier and the later half of the calls. Absent if the load was changed on
   * purpose, so that rows follow one another; if there are more calls than are kept; or if fewer
   * than two have a value.
   */
  public Optional<Halves> halves(Measure measure) {
    return CallSamples.halves(samples, measure);
  }
}
