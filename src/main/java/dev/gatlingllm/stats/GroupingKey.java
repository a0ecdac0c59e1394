package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.List;
import java.util.Optional;

/**
 * What calls are compared by; a part that a call does not have is an empty text.
 *
 * @param model see {@link Dimension#MODEL}
 * @param region see {@link Dimension#REGION}
 * @param profile see {@link Dimension#PROFILE}
 * @param level see {@link Dimension#LEVEL}
 */
public record GroupingKey(String model, String region, String profile, String level) {

  static GroupingKey of(CallRecord call) {
    return new GroupingKey(
        text(Dimension.MODEL.of(call)),
        text(Dimension.REGION.of(call)),
        text(Dimension.PROFILE.of(call)),
        text(Dimension.LEVEL.of(call)));
  }

  private static String text(Optional<String> value) {
    return value.orElse("");
  }

  /** The same of calls that were served by one of several models or tiers. */
  GroupingKey servedBy(CallKey row) {
    String served = row.labels().getOrDefault(ServedRows.MODEL, "");
    String tier = row.labels().getOrDefault(ServedRows.TIER, "");
    String name = served.isEmpty() || served.equals(model) ? model : model + " → " + served;
    return new GroupingKey(
        tier.isEmpty() ? name : name + " (" + tier + ")", region, profile, level);
  }

  GroupingKey withRegion(String other) {
    return new GroupingKey(model, other, profile, level);
  }

  GroupingKey withoutLevel() {
    return new GroupingKey(model, region, profile, "");
  }

  GroupingKey ofModelAndRegion() {
    return new GroupingKey(model, region, "", "");
  }

  GroupingKey ofLevel() {
    return new GroupingKey("", "", "", level);
  }

  /** Model, region and profile. */
  public List<String> parts() {
    return List.of(model, region, profile);
  }
}
