import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { listOf } from '../http/answer-fields.js';
import { notFound, Problem } from '../http/problem.js';
import { ApiTokens } from './api-tokens.js';
import { ApiTokenDto, CallerDto, NewPasswordDto, NewTokenDto, SignedInDto } from './auth-answers.dto.js';
import { ChangePasswordDto, CreateTokenDto, LoginDto, ResetPasswordDto } from './auth.dto.js';
import { Caller } from './caller.js';
import { LoginAttempts } from './login-attempts.js';
import { checkPassword, newPassword } from './password.js';
import { NotRemembered, Open, Requires } from './policy.js';
import { assertSameSite } from './same-site.js';
import type { Principal } from './scopes.js';
import { clearSessionCookie, SESSION_COOKIE, setSessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { plainName, Users } from './users.js';

@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly attempts: LoginAttempts,
    private readonly tokens: ApiTokens,
  ) {}

  @Open()
  @NotRemembered()
  @ApiOkResponse({ type: SignedInDto })
  @Post('login')
  @HttpCode(200)
  async login(@Body() body: LoginDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    assertSameSite(request);
    const user = await this.checked(body.name, body.password, request.ip);
    if (user === undefined) throw new Problem(401, 'wrong-sign-in', 'The name or the password is wrong');
    setSessionCookie(request, reply, await this.sessions.open(user.id, request.ip));
    return { name: user.name, role: user.role };
  }

  @Requires('read')
  @NotRemembered()
  @ApiNoContentResponse()
  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = request.cookies[SESSION_COOKIE];
    if (token !== undefined) await this.sessions.end(token);
    clearSessionCookie(request, reply);
  }

  @Requires('read')
  @ApiOkResponse({ type: CallerDto })
  @Get('me')
  me(@Caller() caller: Principal): object {
    return { kind: caller.kind, name: caller.name, scopes: caller.scopes };
  }

  @Requires('read')
  @NotRemembered()
  @ApiNoContentResponse()
  @Post('password')
  @HttpCode(204)
  async changePassword(@Body() body: ChangePasswordDto, @Caller() caller: Principal, @Req() request: FastifyRequest): Promise<void> {
    if (caller.kind !== 'user') throw new Problem(403, 'token-has-no-password', 'A token has no password');
    if ((await this.checked(caller.name, body.current, request.ip)) === undefined) throw new Problem(401, 'wrong-sign-in', 'The current password is wrong');
    await this.users.setPassword(caller.name, body.password);
  }

  /** Recovery for whoever holds the machine: the command line's own token is an administrator. */
  @Requires('admin')
  @NotRemembered()
  @ApiOkResponse({ type: NewPasswordDto })
  @Post('reset-password')
  @HttpCode(200)
  async resetPassword(@Body() body: ResetPasswordDto): Promise<object> {
    const password = newPassword();
    if (!(await this.users.setPassword(body.name, password))) throw notFound('The user', 'name', body.name);
    return { name: plainName(body.name), password };
  }

  @Requires('admin')
  @ApiOkResponse({ type: listOf(ApiTokenDto) })
  @Get('tokens')
  async listTokens(): Promise<object> {
    return { items: await this.tokens.list() };
  }

  @Requires('admin')
  @NotRemembered()
  @ApiCreatedResponse({ type: NewTokenDto })
  @Post('tokens')
  async createToken(@Body() body: CreateTokenDto, @Caller() caller: Principal): Promise<object> {
    return this.tokens.create(body.name, body.scopes, caller.author, body.expires_at === undefined ? undefined : new Date(body.expires_at));
  }

  @Requires('admin')
  @ApiNoContentResponse()
  @Delete('tokens/:id')
  @HttpCode(204)
  async revokeToken(@Param('id') id: string): Promise<void> {
    if (!/^\d{1,18}$/.test(id) || !(await this.tokens.revoke(id))) throw notFound('The token', 'id', id);
  }

  private async checked(name: string, password: string, address: string) {
    const verdict = await this.attempts.begin(plainName(name), address);
    if (!verdict.allowed) {
      throw new Problem(429, 'too-many-sign-ins', 'Too many sign-ins failed', {
        params: { minutes: Math.ceil(verdict.retryAfterSeconds / 60) },
        headers: { 'retry-after': String(verdict.retryAfterSeconds) },
      });
    }
    const user = await this.users.byName(name);
    const usable = user !== undefined && !user.disabled;
    if (!(await checkPassword(usable ? user.password_hash : undefined, password)) || user === undefined) return undefined;
    await this.attempts.succeeded(verdict.attempt);
    return user;
  }
}
