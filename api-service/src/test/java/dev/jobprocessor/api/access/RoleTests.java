package dev.jobprocessor.api.access;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoleTests {

    @Test
    void includesOthers() {
        assertThat(Role.expanded(Set.of(Role.ADMIN))).containsExactly(Role.values());
        assertThat(Role.expanded(Set.of(Role.OPERATOR))).containsExactly(Role.VIEWER, Role.SUBMITTER, Role.OPERATOR);
        assertThat(Role.expanded(Set.of(Role.SUBMITTER))).containsExactly(Role.SUBMITTER);
    }

    @Test
    void isReadFromAuthorities() {
        assertThat(Role.of(Role.authorities(List.of(Role.OPERATOR)))).containsExactly(Role.VIEWER, Role.SUBMITTER,
                Role.OPERATOR);
    }

}
