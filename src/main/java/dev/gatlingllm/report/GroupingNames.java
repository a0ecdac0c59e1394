package dev.gatlingllm.report;

import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.stats.GroupingKey;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** Names of models, regions and profiles: only the parts in which they differ. */
final class GroupingNames {

  /** How many groups a page shows. */
  static final int MOST = 24;

  private GroupingNames() {}

  static List<String> of(List<GroupStatistics> groups) {
    List<List<String>> all =
        groups.stream().map(GroupStatistics::grouping).map(GroupingKey::parts).toList();
    List<Integer> differing = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      int place = part;
      if (all.stream().map(parts -> parts.get(place)).distinct().count() > 1) {
        differing.add(part);
      }
    }
    List<String> names = new ArrayList<>();
    for (List<String> parts : all) {
      names.add(
          String.join(
              " · ",
              differing.stream()
                  .map(parts::get)
                  .map(text -> text.isEmpty() ? Figures.DASH : text)
                  .toList()));
    }
    return names;
  }
}
