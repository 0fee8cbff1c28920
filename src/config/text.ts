import { IsNotEmpty, IsString } from 'class-validator';

/** A text in both languages. */
export class Text {
  @IsString()
  @IsNotEmpty()
  'zh-CN'!: string;

  @IsString()
  @IsNotEmpty()
  en!: string;
}
