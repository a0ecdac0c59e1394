package dev.gatlingllm.run;

import dev.gatlingllm.record.AssertionResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the load engine left of a run that went to its end.
 *
 * @param folder its own report; empty if it wrote none
 * @param assertions its verdicts
 */
public record EngineReport(Optional<Path> folder, List<AssertionResult> assertions) {

  /** What an assertion has for an actual value where nothing was measured. */
  public static final String UNMEASURED = "nothing measured";

  /** The run was cut before the engine could report. */
  public static final EngineReport NONE = new EngineReport(Optional.empty(), List.of());
}
