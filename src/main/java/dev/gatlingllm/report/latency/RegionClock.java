package dev.gatlingllm.report.latency;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the clocks on the walls of a cloud region show. Regions are known by the names that Azure
 * and AWS give them: {@code Sweden Central}, {@code swedencentral}, {@code us-east-1}.
 */
public final class RegionClock {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("australiaeast", "Australia/Sydney"),
          Map.entry("australiasoutheast", "Australia/Melbourne"),
          Map.entry("brazilsouth", "America/Sao_Paulo"),
          Map.entry("canadacentral", "America/Toronto"),
          Map.entry("canadaeast", "America/Toronto"),
          Map.entry("centralindia", "Asia/Kolkata"),
          Map.entry("centralus", "America/Chicago"),
          Map.entry("eastasia", "Asia/Hong_Kong"),
          Map.entry("eastus", "America/New_York"),
          Map.entry("eastus2", "America/New_York"),
          Map.entry("francecentral", "Europe/Paris"),
          Map.entry("germanywestcentral", "Europe/Berlin"),
          Map.entry("italynorth", "Europe/Rome"),
          Map.entry("japaneast", "Asia/Tokyo"),
          Map.entry("japanwest", "Asia/Tokyo"),
          Map.entry("koreacentral", "Asia/Seoul"),
          Map.entry("northcentralus", "America/Chicago"),
          Map.entry("northeurope", "Europe/Dublin"),
          Map.entry("norwayeast", "Europe/Oslo"),
          Map.entry("polandcentral", "Europe/Warsaw"),
          Map.entry("qatarcentral", "Asia/Qatar"),
          Map.entry("southafricanorth", "Africa/Johannesburg"),
          Map.entry("southcentralus", "America/Chicago"),
          Map.entry("southeastasia", "Asia/Singapore"),
          Map.entry("southindia", "Asia/Kolkata"),
          Map.entry("spaincentral", "Europe/Madrid"),
          Map.entry("swedencentral", "Europe/Stockholm"),
          Map.entry("switzerlandnorth", "Europe/Zurich"),
          Map.entry("switzerlandwest", "Europe/Zurich"),
          Map.entry("uaenorth", "Asia/Dubai"),
          Map.entry("uksouth", "Europe/London"),
          Map.entry("ukwest", "Europe/London"),
          Map.entry("westcentralus", "America/Denver"),
          Map.entry("westeurope", "Europe/Amsterdam"),
          Map.entry("westus", "America/Los_Angeles"),
          Map.entry("westus2", "America/Los_Angeles"),
          Map.entry("westus3", "America/Phoenix"),
          Map.entry("ap-northeast-1", "Asia/Tokyo"),
          Map.entry("ap-northeast-2", "Asia/Seoul"),
          Map.entry("ap-northeast-3", "Asia/Tokyo"),
          Map.entry("ap-south-1", "Asia/Kolkata"),
          Map.entry("ap-south-2", "Asia/Kolkata"),
          Map.entry("ap-southeast-1", "Asia/Singapore"),
          Map.entry("ap-southeast-2", "Australia/Sydney"),
          Map.entry("ca-central-1", "America/Toronto"),
          Map.entry("eu-central-1", "Europe/Berlin"),
          Map.entry("eu-central-2", "Europe/Zurich"),
          Map.entry("eu-north-1", "Europe/Stockholm"),
          Map.entry("eu-south-1", "Europe/Rome"),
          Map.entry("eu-west-1", "Europe/Dublin"),
          Map.entry("eu-west-2", "Europe/London"),
          Map.entry("eu-west-3", "Europe/Paris"),
          Map.entry("sa-east-1", "America/Sao_Paulo"),
          Map.entry("us-east-1", "America/New_York"),
          Map.entry("us-east-2", "America/New_York"),
          Map.entry("us-west-1", "America/Los_Angeles"),
          Map.entry("us-west-2", "America/Los_Angeles"));

  private RegionClock() {}

  /** The local time there, such as {@code 2024-05-15 21:26:34 CEST}; absent if it is not known. */
  public static Optional<String> at(String region, Instant instant) {
    String name = region.toLowerCase(Locale.ROOT).replace(" ", "");
    return Optional.ofNullable(ZONES.get(name))
        .map(zone -> LOCAL.format(instant.atZone(ZoneId.of(zone))));
  }
}
