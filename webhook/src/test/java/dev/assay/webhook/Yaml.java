package dev.assay.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Yaml of the API, as people write them.
public final class Yaml {
  private static final ObjectMapper MAPPER =
      YAMLMapper.builder().addModule(new JavaTimeModule()).build();

  private Yaml() {}

  public static <T> T read(Class<T> kind, String yaml) {
    try {
      return MAPPER.readValue(yaml, kind);
    } catch (JsonProcessingException e) {
      throw new AssertionError(yaml, e);
    }
  }
}
