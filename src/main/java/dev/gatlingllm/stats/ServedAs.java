package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Locale;
import java.util.Set;

/**
 * What a response says of the model and the tier that served a call.
 *
 * @param model the model, of an ARN what it ends with; empty if the response names none
 * @param tier the service tier, {@code default} for every word for the ordinary one; empty if the
 *     response says nothing of what served the call, as one that was refused
 * @param deployment whether the name that was asked is known to be that of a deployment, which need
 *     not be the model's
 */
record ServedAs(String model, String tier, boolean deployment) {

  private static final String ORDINARY = "default";
  private static final Set<String> ORDINARY_WORDS =
      Set.of("", ORDINARY, "standard", "auto", "on_demand");

  static ServedAs of(CallRecord call) {
    CallRecord.Served by = call.served();
    boolean silent = by.model().isEmpty() && by.tier().isEmpty();
    String tier = by.tier().toLowerCase(Locale.ROOT);
    return new ServedAs(
        by.model().startsWith("arn:")
            ? by.model().substring(by.model().lastIndexOf('/') + 1)
            : by.model(),
        silent ? "" : ORDINARY_WORDS.contains(tier) ? ORDINARY : tier,
        call.provider().equals("azure-openai") || !by.deployment().isEmpty());
  }

  /** Whether the response says anything of it. */
  boolean known() {
    return !tier.isEmpty();
  }
}
