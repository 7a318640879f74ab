// SPDX-License-Identifier: Apache-2.0
package weir.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weir.query.fault.QueryException;

/// Functions of networks, which Trino does not have: what they give is said here.
class NetworkFunctionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ip_prefix(IPADDRESS '10.1.2.3', 8); 10.0.0.0/8",
                "ip_prefix(IPADDRESS '10.1.2.3', 0); 0.0.0.0/0",
                "ip_prefix(IPADDRESS '10.1.2.3', 32); 10.1.2.3/32",
                "ip_prefix(IPADDRESS '2001:db8:ffff::1', 33); 2001:db8:8000::/33",
                "ip_subnet_min(IPPREFIX '192.168.255.255/9'); 192.128.0.0",
                "ip_subnet_max(IPPREFIX '192.168.255.255/9'); 192.255.255.255",
                "ip_subnet_range(IPPREFIX '1.2.3.160/24'); [1.2.3.0, 1.2.3.255]",
                "is_subnet_of(IPPREFIX '1.2.3.128/26', IPADDRESS '1.2.3.129'); true",
                "is_subnet_of(IPPREFIX '1.2.3.128/26', IPADDRESS '1.2.3.192'); false",
                "is_subnet_of(IPPREFIX '::/0', IPADDRESS '1.2.3.4'); false",
                "is_subnet_of(IPPREFIX '1.2.3.128/26', IPPREFIX '1.2.3.128/27'); true",
                "is_subnet_of(IPPREFIX '1.2.3.128/26', IPPREFIX '1.2.3.128/25'); false",
                "is_subnet_of(IPPREFIX '1.2.3.128/26', CAST(NULL AS ipprefix)); NULL",
            })
    void gives(String expression, String value) {
        assertEquals(List.of(value), SqlRows.of("SELECT " + expression));
    }

    @Test
    void aPrefixLongerThanTheAddressIsRefused() {
        for (String sql :
                List.of(
                        "SELECT ip_prefix(IPADDRESS '10.0.0.1', 33)",
                        "SELECT ip_prefix(IPADDRESS '::1', 129)",
                        "SELECT ip_prefix(IPADDRESS '::1', -1)")) {
            QueryException failure = assertThrows(QueryException.class, () -> SqlRows.of(sql), sql);
            assertEquals(QueryException.Code.INVALID_VALUE, failure.code(), sql);
        }
    }
}
