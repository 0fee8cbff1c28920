package cn.example.portal;

/** Authentication levels as the {@code acr} of an ID token names them. */
public final class Levels {
  static final String PREFIX = "urn:tongxing:level:";

  private Levels() {}

  /** Levels compare "at least"; what is no level of ours counts for nothing. */
  public static boolean reaches(String acr, int wanted) {
    return acr != null && acr.matches(PREFIX + "[0-3]") && acr.charAt(acr.length() - 1) - '0' >= wanted;
  }

  /** The {@code claims} parameter that asks for a level as a must. */
  public static String must(int level) {
    return "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"" + PREFIX + level + "\"]}}}";
  }
}
