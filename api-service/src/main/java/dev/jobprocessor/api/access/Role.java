package dev.jobprocessor.api.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do; {@link Routes} says with which calls. */
enum Role {

    /** Reads all jobs, statistics, queues and workers. */
    @JsonProperty("viewer")
    VIEWER,

    /** Submits jobs; reads, retries, cancels and deletes those it submitted. */
    @JsonProperty("submitter")
    SUBMITTER,

    /** Does everything to jobs, queues and workers. */
    @JsonProperty("operator")
    OPERATOR(VIEWER, SUBMITTER),

    /** Issues keys, too. */
    @JsonProperty("admin")
    ADMIN(VIEWER, SUBMITTER, OPERATOR);

    private final List<Role> included;

    private final GrantedAuthority authority = new SimpleGrantedAuthority("ROLE_" + name());

    Role(Role... included) {
        this.included = List.of(included);
    }

    boolean isNamed(String name) {
        return name().toLowerCase(Locale.ROOT).equals(name);
    }

    GrantedAuthority authority() {
        return this.authority;
    }

    /** With the roles that they include. */
    static Set<Role> expanded(Collection<Role> granted) {
        Set<Role> roles = new TreeSet<>(granted);
        granted.forEach((role) -> roles.addAll(role.included));
        return roles;
    }

    /** With the authorities of the roles that they include. */
    static List<GrantedAuthority> authorities(Collection<Role> granted) {
        return expanded(granted).stream().map(Role::authority).toList();
    }

    static Set<Role> of(Collection<? extends GrantedAuthority> authorities) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(values()).filter((role) -> authorities.contains(role.authority)).forEach(roles::add);
        return roles;
    }

}
