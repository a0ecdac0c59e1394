package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallKey;
import java.util.ArrayList;
import java.util.List;

/** Names for the axis of a chart: keys without the parts that all of them share at either end. */
final class ShortNames {

  private ShortNames() {}

  static List<String> of(List<CallKey> keys) {
    List<List<String>> all = keys.stream().map(ShortNames::parts).toList();
    int least = all.stream().mapToInt(List::size).min().orElse(0);
    int head = 0;
    while (head < least - 1 && shared(all, head, false)) {
      head++;
    }
    int tail = 0;
    while (tail < least - 1 - head && shared(all, tail, true)) {
      tail++;
    }
    List<String> names = new ArrayList<>();
    for (List<String> parts : all) {
      names.add(String.join(" / ", parts.subList(head, parts.size() - tail)));
    }
    return names;
  }

  private static boolean shared(List<List<String>> all, int distance, boolean fromEnd) {
    return all.stream()
            .map(parts -> parts.get(fromEnd ? parts.size() - 1 - distance : distance))
            .distinct()
            .count()
        == 1;
  }

  private static List<String> parts(CallKey key) {
    List<String> parts = new ArrayList<>(key.groups());
    parts.add(key.name());
    key.labels().forEach((label, value) -> parts.add(label + "=" + value));
    return parts;
  }
}
